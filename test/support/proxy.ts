import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a function to an AWS service, as the wire shows it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** `DynamoDB_20120810.PutItem`, `AmazonSQS.SendMessage`; absent for S3. */
  readonly operation?: string | undefined;
  /** The DynamoDB table, known once the whole call has been passed on. */
  table?: string | undefined;
}

/** Whether a call uploads a report in one piece. */
export const isUpload = ({ method, path }: Call) => method === 'PUT' && path.includes('/reports/');

export interface CallProxy {
  readonly url: string;
  /** Every call so far, in the order of arrival. */
  readonly calls: readonly Call[];
  /** The same address on this proxy. */
  rebase(url: string): string;
  close(): void;
}

/**
 * Stands between the functions and the emulator, counts the calls and can hold some of them back.
 *
 * @param endpoint - of the emulator
 * @param before - awaited before a call is passed on; a call for which it never settles stays under way for ever, and the
 *   connection of one for which it rejects is cut
 */
export async function startProxy(
  endpoint: string,
  before: (call: Call) => Promise<void> = async () => {},
): Promise<CallProxy> {
  const calls: Call[] = [];
  const server = createServer(async (incoming, answer) => {
    const call = callOf(incoming);
    calls.push(call);
    await before(call).then(
      () => {
        readTable(incoming, call);
        passOn(incoming, answer, endpoint);
      },
      () => answer.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    calls,
    rebase: (other) => url + new URL(other).pathname,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function callOf({ method = '', url = '', headers }: IncomingMessage): Call {
  const operation = headers['x-amz-target'];
  return { method, path: url, operation: typeof operation === 'string' ? operation : undefined };
}

/** Small JSON, of which a copy costs nothing; what goes to the bucket is left alone. */
function readTable(incoming: IncomingMessage, call: Call): void {
  if (!call.operation?.startsWith('DynamoDB')) return;
  let body = '';
  incoming.on('data', (chunk) => {
    body += chunk;
  });
  incoming.on('end', () => {
    call.table = /"TableName":"([^"]+)"/.exec(body)?.[1];
  });
}

/** The Host header stays as it came: it is signed. */
function passOn(incoming: IncomingMessage, answer: ServerResponse, endpoint: string): void {
  const { method, url, headers } = incoming;
  const onward = request(new URL(url ?? '/', endpoint), { method, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  incoming.pipe(onward);
}
