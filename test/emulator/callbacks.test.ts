import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, letTimePass, rowOf, sweepNow } from '../support/faults.ts';
import { signedFetch } from '../support/signed-fetch.ts';
import { api, sqs, target } from '../support/target.ts';
import { keyed, smallRequest } from './requests.ts';

interface Got {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A receiver on this machine that answers with these statuses, then with 204. */
async function receiver(statuses: number[] = []): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    got.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(statuses.shift() ?? 204).end();
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

const call = target.signed ? signedFetch(sqs) : fetch;
const secretOf = async () => (await (await call(`${target.api}/callbacks/secret`)).json()) as { secret: string };

/** A receiver on this machine is out of reach for a deployed stage. */
describe.skipIf(target.kind === 'account')('a callback (needs an emulator on this machine)', () => {
  it('reaches its receiver signed, once the job has ended, and names the job', async () => {
    const { url, got } = await receiver();
    const { id } = await api.generate({ ...smallRequest('xlsx'), callbackUrl: url }, keyed());
    await eventually(async () => got.length > 0);
    const { secret } = await secretOf();
    const event = new Webhook(secret).verify(got[0]?.body ?? '', got[0]?.headers ?? {});
    expect(event).toMatchObject({ type: 'report.done', data: { id, status: 'done' } });
    await eventually(async () => (await api.status(id)).callback?.state === 'delivered');
  });

  it('tells nothing of what is in the report', async () => {
    const { url, got } = await receiver();
    const request = { ...smallRequest('xlsx'), title: 'canary title', callbackUrl: url };
    await api.generate(request, keyed());
    await eventually(async () => got.length > 0);
    expect(got[0]?.body).not.toContain('canary');
  });

  it('whose receiver fails three times is taken at the fourth, under the same id', async () => {
    const { url, got } = await receiver([500, 503, 429]);
    const { id } = await api.generate({ ...smallRequest('pdf'), callbackUrl: url }, keyed());
    const triedTimes = (times: number) => async () => (await rowOf(id)).callbackAttempts === times;
    // The queue brings the second try by itself, the sweeper the ones after longer waits.
    await eventually(triedTimes(2));
    for (const times of [3, 4]) {
      await letTimePass(id);
      await sweepNow();
      await eventually(triedTimes(times));
    }
    expect(got).toHaveLength(4);
    expect(new Set(got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([`msg_${id}_1`]));
    expect((await api.status(id)).callback).toEqual({ state: 'delivered', attempts: 4, lastStatus: 204 });
  });
});
