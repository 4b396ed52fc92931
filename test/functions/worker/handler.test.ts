import { createServer, type Server } from 'node:http';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { COMMON_ENVIRONMENT, ENVIRONMENT } from '../../../lambdas/contract.ts';

/** A call as it came over the wire: `DynamoDB_20120810.UpdateItem`, and what it asks for. */
interface Call {
  readonly target: string;
  readonly body: { readonly [name: string]: unknown };
}

/** Stands for all of AWS: says the same to every call of DynamoDB, and takes what SQS is told. */
let server: Server;
let calls: Call[] = [];
let answer: { readonly status: number; readonly type: string };
let handler: (event: SQSEvent, context: Context) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const target = String(request.headers['x-amz-target']);
    calls.push({ target, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
    const { status, type } = target.startsWith('AmazonSQS') ? { status: 200, type: '' } : answer;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(status === 200 ? '{}' : JSON.stringify({ __type: `x#${type}`, message: 'told' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'test');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  for (const name of [...ENVIRONMENT.worker, ...COMMON_ENVIRONMENT]) vi.stubEnv(name, '60');
  vi.stubEnv('REPORT_SOURCES', '{"tables":{},"buckets":{},"services":{}}');
  vi.stubEnv('QUEUE_URL', `${endpoint}/000000000000/jobs`);
  ({ handler } = await import('../../../lambdas/functions/worker/handler.ts'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = [];
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => void vi.restoreAllMocks());

const context = { getRemainingTimeInMillis: () => 300_000 } as Context;
const record = (messageId: string, jobId: string) =>
  ({
    messageId,
    body: JSON.stringify({ jobId, generation: 1 }),
    receiptHandle: `receipt of ${messageId}`,
    attributes: { ApproximateReceiveCount: '2' },
  }) as SQSRecord;

describe('the consumer of the job queue', () => {
  it('reports each message that has to come again, and brings it back after its back-off', async () => {
    answer = { status: 400, type: 'ValidationException' };
    const { batchItemFailures } = await handler({ Records: [record('m1', 'a'), record('m2', 'b')] }, context);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }]);
    const returned = calls.filter(({ target }) => target === 'AmazonSQS.ChangeMessageVisibility');
    expect(returned.map(({ body }) => body.ReceiptHandle)).toEqual(['receipt of m1', 'receipt of m2']);
  });

  it('reports none that has nothing to do', async () => {
    answer = { status: 400, type: 'ConditionalCheckFailedException' };
    expect(await handler({ Records: [record('m1', 'a')] }, context)).toEqual({ batchItemFailures: [] });
  });

  it('claims in the name of the invocation: a receipt that comes twice makes two claims', async () => {
    answer = { status: 400, type: 'ConditionalCheckFailedException' };
    await handler({ Records: [record('m1', 'a')] }, context);
    await handler({ Records: [record('m1', 'a')] }, context);
    const values = calls.map(({ body }) => JSON.stringify(body.ExpressionAttributeValues));
    const names = values.map((text) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0]);
    expect(names[0]).toMatch(/./);
    expect(names[1]).toMatch(/./);
    expect(names[0]).not.toBe(names[1]);
  });
});
