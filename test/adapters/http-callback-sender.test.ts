import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpCallbackSender, type Resolve } from '../../lambdas/adapters/http-callback-sender.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function receiver(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

const post = (sender: HttpCallbackSender, url: string) =>
  sender.post({ url, headers: { 'webhook-id': 'msg_1' }, body: '{"a":1}' });

/** Addresses inside, in every spelling that has fooled a checker; the resolver is never asked for them. */
const INSIDE = [
  '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001', '127.0.0.1.',
  '0.0.0.0', '0', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255',
  '169.254.169.254', '169.254.170.2', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '100.64.0.1', '100.127.255.254',
  '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255',
  '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:169.254.169.254]',
  '[::127.0.0.1]', '[::7f00:1]', '[fe80::1]', '[fec0::1]', '[fc00::1]', '[fd00:ec2::254]', '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001::1]', '[2001:db8::1]', '[ff02::1]', '[::ffff:0:127.0.0.1]',
]; // biome-ignore format: a list to be scanned, not read

describe('a callback', () => {
  it.each(INSIDE)('to %s is refused', async (host) => {
    const asked: string[] = [];
    const resolve: Resolve = async (name) => {
      asked.push(name);
      return [{ address: '127.0.0.1', family: 4 }];
    };
    expect(await post(new HttpCallbackSender('public', resolve), `https://${host}/`)).toMatchObject({
      kind: 'refused',
    });
    expect(asked).toEqual([]);
  });

  it('is refused when one of several addresses of a name is inside', async () => {
    const resolve: Resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const answer = await post(new HttpCallbackSender('public', resolve), 'https://example.com/');
    expect(answer).toMatchObject({ kind: 'refused' });
  });

  it('to an address that is no address for callbacks is refused, and nobody is asked', async () => {
    const resolve: Resolve = () => Promise.reject(new Error('was asked'));
    expect(await post(new HttpCallbackSender('public', resolve), 'http://example.com/')).toEqual({
      kind: 'refused',
      detail: 'The address must be an https address.',
    });
  });

  it('goes to a name all of whose addresses are public, as the system resolves it', async () => {
    // Nothing is there: all that matters is that it was tried.
    const resolve: Resolve = async () => [{ address: '2000::1', family: 6 }];
    const sender = new HttpCallbackSender('public', resolve, 50);
    expect(await post(sender, 'https://example.com/')).toMatchObject({ kind: 'unreachable' });
    const unknown = await post(new HttpCallbackSender('public'), 'https://nowhere.invalid/');
    expect(unknown).toMatchObject({ kind: 'unreachable', detail: expect.stringMatching(/\((ENOTFOUND|EAI_AGAIN)\)/) });
  });

  it('to an https address is never sent in the clear', async () => {
    let calls = 0;
    const port = await receiver((_request, response) => {
      calls += 1;
      response.end();
    });
    const answer = await post(new HttpCallbackSender('anywhere'), `https://127.0.0.1:${port}/`);
    expect(answer).toMatchObject({ kind: 'unreachable' });
    expect(calls).toBe(0);
  });

  it('asks for the addresses of a name once and connects to the one it was told', async () => {
    const port = await receiver((_request, response) => response.writeHead(204).end());
    let asked = 0;
    // A name that leads somewhere else when it is looked up again.
    const resolve: Resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '192.0.2.1', family: 4 }];
    const answer = await post(new HttpCallbackSender('anywhere', resolve), `http://rebinding.example:${port}/`);
    expect(answer).toEqual({ kind: 'answered', status: 204 });
    expect(asked).toBe(1);
  });

  it('brings its headers and its body', async () => {
    let seen: unknown;
    const port = await receiver(async (request, response) => {
      const chunks = await request.toArray();
      const { 'webhook-id': id, 'content-type': type } = request.headers;
      seen = { method: request.method, id, type, body: Buffer.concat(chunks).toString() };
      response.end();
    });
    expect(await post(new HttpCallbackSender('anywhere'), `http://127.0.0.1:${port}/hook`)).toMatchObject({
      status: 200,
    });
    expect(seen).toEqual({ method: 'POST', id: 'msg_1', type: 'application/json', body: '{"a":1}' });
  });

  it('does not follow a redirect', async () => {
    let calls = 0;
    const port = await receiver((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(new HttpCallbackSender('anywhere'), `http://127.0.0.1:${port}/`)).toMatchObject({ status: 307 });
    expect(calls).toBe(1);
  });

  it('tells how long the receiver wants to be left alone', async () => {
    const port = await receiver((_request, response) => response.writeHead(429, { 'retry-after': '120' }).end());
    const answer = await post(new HttpCallbackSender('anywhere'), `http://127.0.0.1:${port}/`);
    expect(answer).toEqual({ kind: 'answered', status: 429, retryAfter: 120 });
  });

  it('reads no more than 64 KB of the answer', async () => {
    const port = await receiver((_request, response) => {
      const chunk = Buffer.alloc(16 * 1024);
      const pour = () => {
        while (response.write(chunk));
      };
      response.on('drain', pour).on('error', () => {});
      pour();
    });
    expect(await post(new HttpCallbackSender('anywhere'), `http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
  });

  it('to a receiver that never answers ends by its own time limit', async () => {
    const port = await receiver(() => {});
    const sender = new HttpCallbackSender('anywhere', undefined, 50);
    expect(await post(sender, `http://127.0.0.1:${port}/`)).toEqual({
      kind: 'unreachable',
      detail: 'The receiver did not answer in time.',
    });
  });

  it('to a name that nobody resolves in time ends by its own time limit', async () => {
    const sender = new HttpCallbackSender('public', () => new Promise(() => {}), 50);
    expect(await post(sender, 'https://slow.example/')).toMatchObject({ kind: 'unreachable' });
  });

  it('to a port where nobody listens tells so without the address', async () => {
    const port = await receiver(() => {});
    servers.pop()?.close();
    const answer = await post(new HttpCallbackSender('anywhere'), `http://127.0.0.1:${port}/`);
    expect(answer).toEqual({ kind: 'unreachable', detail: 'The receiver could not be reached (ECONNREFUSED).' });
  });
});
