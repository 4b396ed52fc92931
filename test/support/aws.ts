import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { vi } from 'vitest';
import { COMMON_ENVIRONMENT, ENVIRONMENT, type FunctionName } from '../../lambdas/contract.ts';

/** A call as it came over the wire. */
export interface AwsCall {
  /** `DynamoDB.GetItem`, `SQS.SendMessage`; of S3 `PUT /bucket/key`. */
  readonly what: string;
  readonly json: { readonly [name: string]: unknown };
}

export interface AwsAnswer {
  readonly status?: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as DynamoDB and SQS tell it. */
export const awsError = (type: string, more: object = {}): AwsAnswer => ({
  status: 400,
  body: { __type: `x#${type}`, message: 'told', ...more },
});

/** Rows as DynamoDB has them. */
export const itemOf = (row: object) => marshall(row, { removeUndefinedValues: true });

/** The row that a `PutItem` wrote. */
export const rowOf = (call: AwsCall | undefined) =>
  unmarshall((call?.json.Item ?? {}) as Parameters<typeof unmarshall>[0]);

/** What Lambda tells an invocation that has so much time left, in milliseconds. */
export const contextWith = (remaining = 300_000): Context =>
  ({ getRemainingTimeInMillis: () => remaining, awsRequestId: 'invocation' }) as Context;

/** Stands for all of AWS, on a port of its own: keeps what it was asked, and answers as it is told. */
export class AwsServer {
  readonly calls: AwsCall[] = [];
  answer: (call: AwsCall) => AwsAnswer = () => ({});
  readonly #server: Server = createServer(async (request, response) => {
    const call = await callOf(request);
    this.calls.push(call);
    const { status = 200, body, headers = {} } = this.answer(call);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
    const isBare = request.method === 'HEAD' || (body === undefined && !request.headers['x-amz-target']);
    response.end(isBare ? undefined : JSON.stringify({ ...receiptOf(call), ...body }));
  });

  /** Listens, and gives this process the environment of a function: what is not told is named like its key, or 60. */
  async start(name: FunctionName, told: Readonly<Record<string, string>> = {}): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    for (const key of [...ENVIRONMENT[name], ...COMMON_ENVIRONMENT]) vi.stubEnv(key, settingOf(key, endpoint));
    for (const [key, value] of Object.entries(told)) vi.stubEnv(key, value);
    for (const key of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(key, 'test');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    return endpoint;
  }

  /** The calls of one kind. */
  of(what: string): readonly AwsCall[] {
    return this.calls.filter((call) => call.what === what);
  }

  forget(): void {
    this.calls.length = 0;
    this.answer = () => ({});
  }

  stop(): void {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** SQS tells the hash of what it was sent, and its client looks whether it is the right one. */
function receiptOf({ what, json }: AwsCall): object {
  if (what !== 'SQS.SendMessage') return {};
  return { MD5OfMessageBody: createHash('md5').update(String(json.MessageBody)).digest('hex') };
}

function settingOf(key: string, endpoint: string): string {
  if (key.endsWith('_URL')) return `${endpoint}/000000000000/${key.toLowerCase()}`;
  if (key === 'AUTH') return 'iam';
  if (key === 'CALLBACK_POLICY') return 'anywhere';
  return /^(JOBS_TABLE|IDEMPOTENCY_TABLE|BUCKET|CALLBACK_SECRET|SERVICE)$/.test(key) ? key.toLowerCase() : '60';
}

async function callOf(request: IncomingMessage): Promise<AwsCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const target = request.headers['x-amz-target'];
  if (target === undefined) return { what: `${request.method} ${request.url?.split('?')[0]}`, json: {} };
  const what = String(target).replace(/^Amazon|^AWS|_\d+(?=\.)/g, '');
  return { what, json: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
}
