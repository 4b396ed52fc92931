import { createServer, type RequestListener, type Server } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { rethrow, tellOutages } from '../../lambdas/adapters/outages.ts';
import { S3RequestStore } from '../../lambdas/adapters/s3-request-store.ts';
import { Outage } from '../../lambdas/domain/failures.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const region = 'eu-west-1';
const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
const options = {
  region,
  credentials,
  maxAttempts: 1,
  requestHandler: { requestTimeout: 60_000, throwOnRequestTimeout: true },
};

const get = (endpoint: string) =>
  tellOutages(new DynamoDBClient({ ...options, endpoint })).send(new GetItemCommand({ TableName: 't', Key: {} }));
const head = (endpoint: string, more = {}) =>
  tellOutages(new S3Client({ ...options, endpoint, forcePathStyle: true, ...more })).send(
    new HeadObjectCommand({ Bucket: 'b', Key: 'k' }),
  );

/** Answers as DynamoDB does. */
const says = (status: number, type: string): RequestListener => {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'told' }));
  };
};
const answers = (status: number): RequestListener => {
  return (_, response) => {
    response.writeHead(status).end();
  };
};

describe('a service that is out of reach', () => {
  it.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ExpiredTokenException',
    'UnrecognizedClientException',
    'AccessDeniedException',
    'ResourceNotFoundException',
    'KMSDisabledException',
  ])('is an outage when it says %s', async (type) => {
    await expect(get(await serve(says(400, type)))).rejects.toThrow(Outage);
  });

  it.each([401, 403, 429, 500, 502, 503, 504])('is an outage when it answers %i', async (status) => {
    await expect(head(await serve(answers(status)))).rejects.toThrow(Outage);
  });

  it('is an outage when it refuses the connection, ends it, or does not answer', async () => {
    await expect(head('http://127.0.0.1:1')).rejects.toThrow(Outage);
    await expect(head(await serve((request) => void request.socket.destroy()))).rejects.toThrow(Outage);
    server?.close();
    const impatient = { requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true } };
    await expect(head(await serve(() => {}), impatient)).rejects.toThrow(Outage);
  });

  it('is an outage when its name is unknown, or nobody has credentials', async () => {
    await expect(head('http://nowhere.invalid')).rejects.toThrow(Outage);
    const none = async () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' }));
    const client = tellOutages(new S3Client({ region, credentials: none, maxAttempts: 1 }));
    await expect(client.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }))).rejects.toThrow(Outage);
  });

  it('is an outage when its answer breaks off', async () => {
    const endpoint = await serve((request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      setTimeout(() => request.socket.destroy(), 20);
    });
    await expect(get(endpoint)).rejects.toThrow(Outage);
    const store = new S3RequestStore(new S3Client({ ...options, endpoint, forcePathStyle: true }), 'b');
    await expect(store.load('k')).rejects.toThrow(Outage);
  });

  it.each([
    ...['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'LimitExceededException', 'RequestThrottled'],
    ...['SlowDown', 'Throttling', 'ThrottlingException', 'ThrottledException', 'TooManyRequestsException'],
    ...['AccessDenied', 'AccessDeniedException', 'ExpiredToken', 'ExpiredTokenException', 'InvalidAccessKeyId'],
    ...['InvalidClientTokenId', 'InvalidSignatureException', 'InvalidToken', 'MissingAuthenticationToken'],
    ...['RequestExpired', 'RequestTimeTooSkewed', 'SignatureDoesNotMatch', 'TokenRefreshRequired'],
    ...['UnrecognizedClientException', 'CredentialsProviderError', 'TokenProviderError'],
    ...['NoSuchBucket', 'QueueDoesNotExist', 'ResourceNotFoundException'],
    ...['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'KMSInvalidStateException', 'kmsThrottled'],
  ])('is an outage by the name of %s alone', (name) => {
    const error = Object.assign(new Error('told'), { name, $metadata: { httpStatusCode: 400 } });
    expect(() => rethrow(error)).toThrow(Outage);
  });

  it('is one outage, however many adapters share the client, and once the tries are used up', async () => {
    let asked = 0;
    const endpoint = await serve((_, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    const client = new S3Client({ ...options, maxAttempts: 2, endpoint, forcePathStyle: true });
    tellOutages(tellOutages(client));
    const outage = await client.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' })).catch((error: unknown) => error);
    expect(outage).toMatchObject({ name: 'Outage', cause: { $metadata: { httpStatusCode: 503 } } });
    expect(outage).not.toMatchObject({ cause: { name: 'Outage' } });
    expect(asked).toBe(2);
  });

  it('keeps what happened as the cause', async () => {
    const outage = await head(await serve(answers(503))).catch((error: unknown) => error);
    expect(outage).toMatchObject({ cause: { $metadata: { httpStatusCode: 503 } } });
  });
});

describe('a service that answers about the call', () => {
  it.each(['ValidationException', 'ConditionalCheckFailedException', 'ItemCollectionSizeLimitExceededException'])(
    'is none when it says %s',
    async (type) => {
      const error = await get(await serve(says(400, type))).catch((caught: unknown) => caught);
      expect(error).not.toBeInstanceOf(Outage);
      expect(error).toMatchObject({ name: type });
    },
  );

  it.each([400, 404, 409, 412])('is none when it answers %i', async (status) => {
    const error = await head(await serve(answers(status))).catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(Outage);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: status } });
  });

  it.each([
    ['of a name that only holds one', Object.assign(new Error('told'), { name: 'NotKMSDisabled' })],
    ['whose code is no system error', Object.assign(new Error('told'), { code: 'notE' })],
    ['whose code is no text', Object.assign(new Error('told'), { code: 7 })],
    ['without metadata', Object.assign(new Error('told'), { $metadata: null })],
    ['whose status is no number', Object.assign(new Error('told'), { $metadata: { httpStatusCode: '503' } })],
    [
      'that was answered, although it has a code',
      Object.assign(new Error('told'), { code: 'EPIPE', $metadata: { httpStatusCode: 404 } }),
    ],
    ['that is no error', { name: 'SlowDown' }],
  ])('is none by something thrown %s', (_, thrown) => {
    let caught: unknown;
    try {
      rethrow(thrown);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
  });

  it('is none when the call itself cannot be made', async () => {
    const endpoint = await serve(answers(200));
    const client = tellOutages(new S3Client({ ...options, endpoint }));
    const call = client.send(new HeadObjectCommand({ Bucket: undefined, Key: 'k' }));
    await expect(call).rejects.not.toBeInstanceOf(Outage);
  });
});
