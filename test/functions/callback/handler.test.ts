import { createServer, type Server } from 'node:http';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Context,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signatureHeader } from '../../../lambdas/domain/callback-signature.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { type AwsCall, AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const MASTER = 'a master secret';
const ARN = 'arn:aws:iam::123456789012:user/reports';
const aws = new AwsServer();
let deliver: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
let showKeys: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
let receiver: Server;
let url = '';
const received: { body: string; headers: Record<string, unknown> }[] = [];
let status = 204;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ body, headers: request.headers });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
  await aws.start('callback');
  vi.stubEnv('AUTH', 'iam');
  ({ handler: deliver } = await import('../../../lambdas/functions/callback/handler.ts'));
  ({ handler: showKeys } = await import('../../../lambdas/functions/callback-secret/handler.ts'));
});
afterAll(() => {
  aws.stop();
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(() => {
  aws.forget();
  received.length = 0;
  status = 204;
});

/** A table with a job whose callback is owed, and the master secret. */
function owing({ what }: AwsCall) {
  if (what === 'secretsmanager.GetSecretValue') return { body: { SecretString: MASTER, CreatedDate: 1 } };
  const row = {
    ...queuedRow({ id: 'a', tenant: ARN, callbackUrl: url }),
    ...{ status: 'error', startedAt: null, finishedAt: '2026-01-05T09:00:00.000Z', callbackState: 'pending' },
    ...{ callbackAttempts: 0, callbackStatus: null, error: { code: 'TOO_LARGE', detail: 'It is.', retryable: false } },
  };
  return { body: what === 'DynamoDB.GetItem' ? { Item: itemOf(row) } : { Attributes: itemOf(row) } };
}
const record = (messageId: string, jobId: string) =>
  ({ messageId, body: JSON.stringify({ jobId, generation: 1 }) }) as SQSRecord;

describe('the consumer of the callback queue', () => {
  it('posts the callback, signed with the secret, and writes down that it was taken', async () => {
    aws.answer = owing;
    expect(await deliver({ Records: [record('m1', 'a')] }, contextWith())).toEqual({ batchItemFailures: [] });
    const [{ body = '', headers = {} } = {}] = received;
    expect(JSON.parse(body)).toMatchObject({ type: 'report.error', data: { id: 'a' } });
    const timestamp = Number(headers['webhook-timestamp']);
    const signed = { id: String(headers['webhook-id']), timestamp, body };
    expect(headers['webhook-signature']).toBe(signatureHeader(signed, [Buffer.from(MASTER)], ARN));
    expect(JSON.stringify(aws.of('DynamoDB.UpdateItem'))).toContain('"delivered"');
    expect(aws.of('SQS.SendMessage')).toEqual([]);
  });

  it('brings one that was not taken on its way again, and gives up one whose receiver is gone', async () => {
    aws.answer = owing;
    status = 500;
    await deliver({ Records: [record('m1', 'a')] }, contextWith());
    status = 410;
    await deliver({ Records: [record('m2', 'a')] }, contextWith());
    const queues = aws.of('SQS.SendMessage').map(({ json }) => String(json.QueueUrl).split('/').at(-1));
    expect(queues).toEqual(['callback_queue_url', 'callback_dead_letter_url']);
    const [again] = aws.of('SQS.SendMessage');
    expect(Number(again?.json.DelaySeconds)).toBeGreaterThan(0);
  });

  it('reports each message that has to come again, and goes on with the next', async () => {
    aws.answer = (call) =>
      JSON.stringify(call.json).includes('"bad"') ? awsError('ValidationException') : owing(call);
    const Records = [record('m1', 'bad'), record('m2', 'a')];
    expect(await deliver({ Records }, contextWith())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(received).toHaveLength(1);
  });
});

describe('GET /callbacks/secret', () => {
  const ask = async (userArn: string | null) => {
    const requestContext = { requestId: 'r', identity: { userArn }, path: '/prod/callbacks/secret' };
    const event = { path: '/callbacks/secret', headers: {}, requestContext } as unknown as APIGatewayProxyEvent;
    const answer = await showKeys(event, contextWith());
    return { ...answer, json: JSON.parse(answer.body) };
  };

  it('shows a tenant its own keys, to whoever signed', async () => {
    aws.answer = owing;
    const { statusCode, json } = await ask(ARN);
    expect(statusCode).toBe(200);
    expect(json).toMatchObject({ secret: expect.stringMatching(/^whsec_/), previous: null });
    expect((await ask('arn:aws:iam::123456789012:user/other')).json.secret).not.toBe(json.secret);
    expect(await ask(null)).toMatchObject({ statusCode: 401 });
  });
});
