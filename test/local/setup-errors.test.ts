import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEndpoint } from '../../local/endpoint.ts';
import { ROOT } from '../../local/paths.ts';
import { freePort } from '../../local/port.ts';
import { ensurePython } from '../../local/python.ts';
import { SetupError } from '../../local/setup-error.ts';

let server: Server;
let health: Record<string, number>;
beforeEach(async () => {
  health = {};
  server = createServer((request, answer) => answer.writeHead(health[request.url ?? ''] ?? 404).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
});

const port = () => (server.address() as AddressInfo).port;
const url = () => `http://127.0.0.1:${port()}`;

/** The one sentence that somebody is told. */
async function complaint(step: Promise<unknown>): Promise<string> {
  const error = await step.then(
    () => new Error('nothing was wrong'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(SetupError);
  expect(error.message).not.toContain('\n');
  return error.message;
}

describe('a machine', () => {
  it('without Python is told what to install', async () => {
    vi.stubEnv('PATH', '');
    vi.stubEnv('PYENV_ROOT', '/nowhere');
    expect(await complaint(ensurePython('emulator', `${ROOT}/local/requirements.txt`))).toMatch(
      /Python 3\.10 or newer .* was not found: install it .*apt install python3/,
    );
  });

  it('on which the wanted port is taken is told which one', async () => {
    expect(await complaint(freePort(port()))).toMatch(new RegExp(`Port ${port()} is in use: .*--port`));
  });

  it('gives two checkouts two ports', async () => {
    const [one, two] = [await freePort(), await freePort()];
    expect([one, two].every((given) => given > 1023)).toBe(true);
    expect(await freePort(one)).toBe(one);
  });
});

describe('AWS_ENDPOINT_URL', () => {
  it.each(['ministack', 'localstack'] as const)('with a %s behind it is used, and nothing is started', async (kind) => {
    health[`/_${kind}/health`] = 200;
    vi.stubEnv('AWS_ENDPOINT_URL', `${url()}/`);
    expect(await openEndpoint()).toEqual({ url: url(), kind });
  });

  it.each(['http://127.0.0.1:9', 'no address', 'mailto:somebody', 'https://dynamodb.eu-west-1.amazonaws.com.invalid'])(
    'of %s is refused before anything is deployed to it',
    async (address) => {
      vi.stubEnv('AWS_ENDPOINT_URL', address);
      expect(await complaint(openEndpoint())).toContain('neither MiniStack nor LocalStack answers');
    },
  );

  it('with a web server behind it that is no emulator is refused', async () => {
    health['/'] = 200;
    vi.stubEnv('AWS_ENDPOINT_URL', url());
    expect(await complaint(openEndpoint())).toContain(url());
  });
});
