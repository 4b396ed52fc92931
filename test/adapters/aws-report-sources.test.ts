import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsReportSources } from '../../lambdas/adapters/aws-report-sources.ts';
import { Outage } from '../../lambdas/domain/failures.ts';
import { type Call, jsonAnswer, jsonError, wired, xmlError } from '../support/wire.ts';

const calm = new AbortController().signal;
let listener: RequestListener;
let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function sourcesThat(answers: (call: Call, nth: number) => Response) {
  const { calls, config } = wired(answers);
  const clients = { dynamo: new DynamoDBClient(config), s3: new S3Client(config), fetch };
  const addresses = {
    tables: { orders: 'orders-table' },
    buckets: { lake: { bucket: 'lake-bucket', prefix: 'year=2026/' } },
    services: { rates: base },
  };
  return { calls, sources: new AwsReportSources(clients, addresses) };
}
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
const page = (ids: readonly string[], last?: string) =>
  jsonAnswer({
    Items: ids.map((id) => marshall({ id, amount: 2.5 })),
    ...(last === undefined ? {} : { LastEvaluatedKey: marshall({ id: last }) }),
  });
const missing = (name: string) => ({ code: 'REPORT_SOURCE_MISSING', message: `This stage has no source "${name}".` });

describe('a table', () => {
  it('is queried by its partition, page after page, and gives plain items', async () => {
    const { sources, calls } = sourcesThat((_, nth) => (nth === 1 ? page(['a', 'b'], 'b') : page(['c'])));
    const items = await all(sources.query('orders', { partition: { name: 'customer', value: 'k1' } }, calm));
    expect(items).toEqual(['a', 'b', 'c'].map((id) => ({ id, amount: 2.5 })));
    const query = {
      TableName: 'orders-table',
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': 'customer' },
      ExpressionAttributeValues: { ':partition': { S: 'k1' } },
    };
    expect(calls.map(({ target, json }) => ({ target, json }))).toEqual([
      { target: 'DynamoDB_20120810.Query', json: query },
      { target: 'DynamoDB_20120810.Query', json: { ...query, ExclusiveStartKey: { id: { S: 'b' } } } },
    ]);
  });

  it('is queried by an index and within a range of its sort key', async () => {
    const { sources, calls } = sourcesThat(() => jsonAnswer());
    const partition = { name: 'region', value: 7 };
    const wanted = { index: 'byDay', partition, sort: { name: 'day', from: '2026-01-01', to: '2026-01-31' } };
    expect(await all(sources.query('orders', wanted, calm))).toEqual([]);
    expect(calls[0]?.json).toEqual({
      TableName: 'orders-table',
      IndexName: 'byDay',
      KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#partition': 'region', '#sort': 'day' },
      ExpressionAttributeValues: { ':partition': { N: '7' }, ':from': { S: '2026-01-01' }, ':to': { S: '2026-01-31' } },
    });
  });

  it('is scanned as a whole', async () => {
    const { sources, calls } = sourcesThat((_, nth) => (nth === 1 ? page(['a'], 'a') : page(['b'])));
    expect(await all(sources.scan('orders', calm))).toEqual(['a', 'b'].map((id) => ({ id, amount: 2.5 })));
    expect(calls.map(({ target, json }) => ({ target, json }))).toEqual([
      { target: 'DynamoDB_20120810.Scan', json: { TableName: 'orders-table' } },
      { target: 'DynamoDB_20120810.Scan', json: { TableName: 'orders-table', ExclusiveStartKey: { id: { S: 'a' } } } },
    ]);
  });

  it('gives no more once the attempt is over, between two pages too', async () => {
    for (const read of ['query', 'scan'] as const) {
      const controller = new AbortController();
      const { sources, calls } = sourcesThat(() => {
        controller.abort(new Error('over'));
        return page(['a'], 'a');
      });
      const partition = { name: 'p', value: 1 };
      const items =
        read === 'scan'
          ? sources.scan('orders', controller.signal)
          : sources.query('orders', { partition }, controller.signal);
      await expect(all(items)).rejects.toThrow('over');
      expect(calls).toHaveLength(1);
    }
  });

  it('that is throttled is an outage, for both ways to read it', async () => {
    const { sources } = sourcesThat(() => jsonError('ProvisionedThroughputExceededException'));
    await expect(all(sources.scan('orders', calm))).rejects.toBeInstanceOf(Outage);
    const wanted = { partition: { name: 'p', value: 1 } };
    await expect(all(sources.query('orders', wanted, calm))).rejects.toBeInstanceOf(Outage);
  });

  it('that the stage does not grant is named, and nothing is asked', async () => {
    const { sources, calls } = sourcesThat(() => jsonAnswer());
    await expect(all(sources.scan('toString', calm))).rejects.toMatchObject(missing('toString'));
    const wanted = { partition: { name: 'p', value: 1 } };
    await expect(all(sources.query('other', wanted, calm))).rejects.toMatchObject(missing('other'));
    expect(calls).toEqual([]);
  });
});

describe('an object', () => {
  const head = (etag: string) =>
    new Response('', { headers: { etag, 'content-length': '5', 'last-modified': 'Mon, 05 Jan 2026 09:00:00 GMT' } });

  it('is read below the prefix that is granted, in the version that was found', async () => {
    const { sources, calls } = sourcesThat(({ method }) =>
      method === 'HEAD' ? head('"v1"') : new Response('hello', { status: 206, headers: { etag: '"v1"' } }),
    );
    const file = await sources.open('lake', 'part.parquet');
    expect(file.sizeBytes).toBe(5);
    expect(Buffer.from(await file.slice(0, 5, calm)).toString()).toBe('hello');
    expect(Buffer.concat(await all(file.stream(calm))).toString()).toBe('hello');
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'HEAD /year%3D2026/part.parquet',
      'GET /year%3D2026/part.parquet',
      'GET /year%3D2026/part.parquet',
    ]);
    expect(calls[1]?.headers).toMatchObject({ 'if-match': '"v1"', range: 'bytes=0-4' });
  });

  it('that is not there, or not granted, is named', async () => {
    const { sources } = sourcesThat(() => new Response('', { status: 404 }));
    await expect(sources.open('lake', 'gone')).rejects.toMatchObject({
      code: 'REPORT_SOURCE_MISSING',
      message: 'The source "lake" has no object "gone".',
    });
    await expect(sources.open('sea', 'x')).rejects.toMatchObject(missing('sea'));
  });

  it.each([
    ['replaced', 412, 'PreconditionFailed'],
    ['removed', 404, 'NoSuchKey'],
  ])('that is %s while it is read is tried again with the new one', async (_, status, code) => {
    const { sources } = sourcesThat(({ method }) => (method === 'HEAD' ? head('"v1"') : xmlError(status, code)));
    const file = await sources.open('lake', 'x');
    const changed = { name: 'RetryableFailure', code: 'REPORT_SOURCE_CHANGED' };
    await expect(file.slice(0, 2, calm)).rejects.toMatchObject(changed);
    await expect(all(file.stream(calm))).rejects.toMatchObject(changed);
    await expect(file.slice(0, 2, calm)).rejects.toThrow('"lake" was replaced while it was read');
  });

  it('that S3 cannot give now is an outage, and no change', async () => {
    const { sources } = sourcesThat(({ method }) => (method === 'HEAD' ? head('"v1"') : xmlError(503, 'SlowDown')));
    const file = await sources.open('lake', 'x');
    await expect(file.slice(0, 2, calm)).rejects.toBeInstanceOf(Outage);
    await expect(all(file.stream(calm))).rejects.toBeInstanceOf(Outage);
  });
});

describe('a service', () => {
  const answering = (status: number, body: string, headers = {}) => {
    const paths: string[] = [];
    listener = (request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(status, headers).end(body);
    };
    return paths;
  };
  const json = (path: string, signal = calm) => sourcesThat(() => jsonAnswer()).sources.json('rates', path, signal);

  it('answers with JSON', async () => {
    const paths = answering(200, '{"EUR":5.4}');
    expect(await json('latest?base=BRL')).toEqual({ EUR: 5.4 });
    expect(paths).toEqual(['/v1/latest?base=BRL']);
  });

  it.each(['../v2/latest', '/admin', 'http://127.0.0.1:1/v1/latest'])('is not asked for %s', async (path) => {
    const paths = answering(200, '{}');
    await expect(json(path)).rejects.toMatchObject({
      code: 'REPORT_SOURCE_REFUSED',
      message: 'The source "rates" is not asked for addresses outside of its own.',
    });
    expect(paths).toEqual([]);
  });

  it.each([
    [404, 'gone', 'answers 404'],
    [200, '<html>', 'answers with something else than JSON'],
    [200, `"${'x'.repeat(16 * 1024 * 1024)}"`, 'answers with more than 16777216 bytes'],
  ])('that answers %i with what is no use fails the report for good', async (status, body, why) => {
    answering(status, body);
    await expect(json('x')).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: 'REPORT_SOURCE_REFUSED',
      message: `The source "rates" ${why}.`,
    });
  });

  it('may answer with as many bytes as it may, and no more', async () => {
    const text = 'x'.repeat(16 * 1024 * 1024 - 2);
    answering(200, JSON.stringify(text));
    expect(await json('x')).toBe(text);
  });

  it.each([429, 500, 503])('that answers %i is an outage', async (status) => {
    answering(status, '{}');
    const failed = json('x');
    await expect(failed).rejects.toBeInstanceOf(Outage);
    await expect(failed).rejects.toThrow(`"rates" answers ${status}.`);
  });

  it('that hangs up, or leads elsewhere, is out of reach', async () => {
    listener = (request) => request.socket.destroy();
    await expect(json('x')).rejects.toBeInstanceOf(Outage);
    await expect(json('x')).rejects.toMatchObject({ message: '"rates" is out of reach.', cause: expect.any(Error) });
    answering(302, '', { location: '/v1/y' });
    await expect(json('x')).rejects.toThrow('out of reach');
  });

  it('is left alone once the attempt is over', async () => {
    const controller = new AbortController();
    listener = () => controller.abort(new Error('over'));
    await expect(json('x', controller.signal)).rejects.toThrow('over');
  });

  it('that the stage does not grant is named', async () => {
    await expect(sourcesThat(() => jsonAnswer()).sources.json('other', 'x', calm)).rejects.toMatchObject(
      missing('other'),
    );
  });
});
