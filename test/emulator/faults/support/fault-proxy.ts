import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Call, callOf } from './call.ts';
import { pass, type Reply, type Treatment } from './treatments.ts';

/** What happens to a call; `undefined` lets it pass. */
export type Rule = (call: Call) => Treatment | undefined;

/** Stands between the functions and the emulator, and treats their calls as it is told. */
export interface FaultProxy {
  /** Every call so far, in the order of arrival. */
  readonly calls: readonly Call[];
  /** What went wrong in treating a call: a fault that did not happen proves nothing. */
  readonly problems: readonly unknown[];
  /** Adds a rule; of all rules the one that was added first decides. Returns what removes it again. */
  when(rule: Rule): () => void;
  close(): Promise<void>;
}

export async function startFaultProxy(endpoint: string, port: number): Promise<FaultProxy> {
  const calls: Call[] = [];
  const problems: unknown[] = [];
  const rules = new Set<Rule>();
  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return; // the caller died in the middle of it
    const { method = '', url = '', headers, socket } = incoming;
    const call = callOf({ method, url, headers, body, port: socket.remotePort ?? 0, proxyPort: port });
    calls.push(call);
    const treat = firstOf(rules, call) ?? pass;
    await treat(exchangeOf(call, incoming, body, response, endpoint)).catch((problem: unknown) => {
      problems.push(problem);
      response.destroy();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    calls,
    problems,
    when(rule) {
      rules.add(rule);
      return () => rules.delete(rule);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function firstOf(rules: Iterable<Rule>, call: Call): Treatment | undefined {
  for (const rule of rules) {
    const treatment = rule(call);
    if (treatment !== undefined) return treatment;
  }
  return undefined;
}

function exchangeOf(call: Call, incoming: IncomingMessage, body: Buffer, response: ServerResponse, endpoint: string) {
  const { method, url, headers } = incoming;
  return {
    call,
    forward: () => send(new URL(url ?? '/', endpoint), method, headers, body),
    forwardHalf: () => sendHalf(new URL(url ?? '/', endpoint), method, headers, body),
    answer({ status, headers, body }: Reply) {
      response.writeHead(status, headers).end(body);
    },
    async answerHalf({ status, headers, body }: Reply) {
      response.writeHead(status, { ...headers, 'content-length': String(Math.max(1, body.byteLength)) });
      response.write(body.subarray(0, body.byteLength / 2));
      await new Promise((resolve) => setImmediate(resolve));
      response.destroy();
    },
    cut: () => void response.destroy(),
  };
}

/** The Host header stays as it came: it is signed. */
async function send(url: URL, method = '', headers: IncomingHttpHeaders, body: Buffer): Promise<Reply> {
  const onward = request(url, { method, headers: { ...headers, connection: 'close' } }).end(body);
  const [reply] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: reply.statusCode ?? 502, headers: reply.headers, body: await buffer(reply) };
}

async function sendHalf(url: URL, method = '', headers: IncomingHttpHeaders, body: Buffer): Promise<void> {
  const onward = request(url, { method, headers });
  onward.on('error', () => {});
  onward.write(body.subarray(0, body.byteLength / 2));
  await once(onward, 'socket');
  onward.destroy();
}
