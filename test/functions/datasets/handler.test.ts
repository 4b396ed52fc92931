import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tenantHash } from '../../../lambdas/domain/keys.ts';
import { AwsServer, contextWith } from '../../support/aws.ts';

const ARN = 'arn:aws:iam::123456789012:user/reports';
const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

beforeAll(async () => {
  await aws.start('datasets', { LINK_SECONDS: '900', DATASET_RETENTION_SECONDS: '86400', DATASET_MAX_BYTES: '1000' });
  ({ handler } = await import('../../../lambdas/functions/datasets/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

async function call(
  httpMethod: string,
  { body, id }: { body?: object; id?: string } = {},
  userArn: string | null = ARN,
) {
  const resource = httpMethod === 'POST' ? '/datasets' : '/datasets/{id}';
  const event = {
    ...{ httpMethod, resource, path: '/datasets', headers: { 'Content-Type': 'application/json' } },
    ...{ body: body ? JSON.stringify(body) : null, pathParameters: id === undefined ? null : { id } },
    requestContext: { requestId: 'r', identity: { userArn }, path: `/prod${resource}`, domainName: 'api.example.com' },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEvent, contextWith());
  return { ...answer, json: JSON.parse(answer.body) };
}

describe('POST /datasets', () => {
  it('gives out an id, and a link to upload so many bytes to', async () => {
    const { statusCode, headers, json } = await call('POST', { body: { sizeBytes: 17 } });
    expect(statusCode).toBe(201);
    expect(headers?.Location).toBe(`https://api.example.com/prod/datasets/${json.id}`);
    const link = new URL(json.upload.url);
    expect(link.pathname).toBe(`/bucket/datasets/${tenantHash(ARN)}/${json.id}`);
    expect(link.searchParams.get('X-Amz-Expires')).toBe('900');
    // Of a checksum that is none of the client's, no other body would be taken.
    expect([...link.searchParams.keys()].filter((key) => /checksum/i.test(key))).toEqual([]);
    expect(json.upload.headers).toEqual({ 'Content-Length': '17' });
    expect(Date.parse(json.expiresAt) - Date.parse(json.upload.expiresAt)).toBeCloseTo((86_400 - 900) * 1000, -3);
    expect(aws.calls).toEqual([]);
  });

  it('needs no body, and is refused for more than is read, or unsigned', async () => {
    expect(await call('POST')).toMatchObject({ statusCode: 201 });
    expect(await call('POST', { body: { sizeBytes: 1001 } })).toMatchObject({ statusCode: 422 });
    expect(await call('POST', {}, null)).toMatchObject({ statusCode: 401 });
  });
});

describe('GET /datasets/{id}', () => {
  it('tells whether the rows have arrived', async () => {
    const { json } = await call('POST');
    aws.answer = () => ({ status: 404 });
    expect(await call('GET', { id: json.id })).toMatchObject({ statusCode: 200, json: { status: 'awaited' } });
    aws.answer = () => ({ headers: { 'content-length': '5', 'last-modified': new Date().toUTCString() } });
    expect(await call('GET', { id: json.id })).toMatchObject({
      statusCode: 200,
      json: { id: json.id, status: 'uploaded', sizeBytes: 5 },
    });
    expect(aws.calls[0]?.what).toBe(`HEAD /bucket/datasets/${tenantHash(ARN)}/${json.id}`);
  });

  it('knows no id but those that were given out', async () => {
    expect(await call('GET', { id: 'x' })).toMatchObject({ statusCode: 404 });
    expect(await call('GET')).toMatchObject({ statusCode: 404, json: { code: 'NOT_FOUND' } });
    expect(aws.calls).toEqual([]);
  });
});
