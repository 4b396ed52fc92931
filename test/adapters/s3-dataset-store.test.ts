import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { S3DatasetStore } from '../../lambdas/adapters/s3-dataset-store.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
const MEBI = 1024 * 1024;
const never = new AbortController().signal;

/** S3 that holds one object of so many bytes, under an ETag; what it was asked is kept. */
function bucketOf(sizeBytes: number, etag = '"v1"', fails: (nth: number) => Response | undefined = () => undefined) {
  const asked: Readonly<Record<string, string | undefined>>[] = [];
  const client = new S3Client({
    region: 'eu-west-1',
    credentials,
    maxAttempts: 1,
    requestHandler: {
      async handle({ headers }: { headers: Record<string, string> }) {
        asked.push(headers);
        const failure = fails(asked.length);
        if (failure !== undefined) return { response: await answerOf(failure) };
        if (headers['if-match'] !== etag) return { response: await answerOf(errorOf(412, 'PreconditionFailed')) };
        const [, start = '0', end = String(sizeBytes - 1)] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? '') ?? [];
        const body = new Uint8Array(Number(end) - Number(start) + 1).fill(Number(start) / MEBI);
        return { response: await answerOf(new Response(body, { status: 206 })) };
      },
    },
  });
  return { store: new S3DatasetStore(client, 'bucket'), asked };
}

async function answerOf(response: Response) {
  return { statusCode: response.status, headers: {}, body: response.body ?? undefined };
}

function errorOf(status: number, code: string): Response {
  return new Response(`<Error><Code>${code}</Code><Message>no</Message></Error>`, { status });
}

async function lengthsOf(stream: AsyncIterable<Uint8Array>): Promise<number[]> {
  const lengths: number[] = [];
  for await (const piece of stream) lengths.push(piece.byteLength);
  return lengths;
}

describe('a dataset in S3', () => {
  it('is read by ranges, in order and whole, each of the version that was accepted', async () => {
    const sizeBytes = 9 * MEBI + 5;
    const { store, asked } = bucketOf(sizeBytes);
    const file = store.open('k', { etag: '"v1"', sizeBytes });
    expect(await lengthsOf(file.stream(never))).toEqual([4 * MEBI, 4 * MEBI, MEBI + 5]);
    expect(asked.map((headers) => [headers.range, headers['if-match']])).toEqual([
      ['bytes=0-4194303', '"v1"'],
      ['bytes=4194304-8388607', '"v1"'],
      ['bytes=8388608-9437188', '"v1"'],
    ]);
  });

  it.each([
    [412, 'PreconditionFailed', 'DATASET_CHANGED'],
    [404, 'NoSuchKey', 'DATASET_GONE'],
    [404, 'NoSuchVersion', 'DATASET_GONE'],
  ])('answered with %i %s ends the job as %s', async (status, code, failure) => {
    const { store } = bucketOf(5 * MEBI, '"v1"', (nth) => (nth === 2 ? errorOf(status, code) : undefined));
    const file = store.open('k', { etag: '"v1"', sizeBytes: 5 * MEBI });
    await expect(lengthsOf(file.stream(never))).rejects.toMatchObject({ name: 'PermanentFailure', code: failure });
  });

  it('that another one was put over is never read', async () => {
    const { store } = bucketOf(10, '"v2"');
    const file = store.open('k', { etag: '"v1"', sizeBytes: 10 });
    await expect(file.slice(0, 10, never)).rejects.toMatchObject({ code: 'DATASET_CHANGED' });
  });

  it('of a service that is away is an outage', async () => {
    const { store } = bucketOf(10, '"v1"', () => errorOf(503, 'SlowDown'));
    await expect(store.open('k', { etag: '"v1"', sizeBytes: 10 }).slice(0, 10, never)).rejects.toMatchObject({
      name: 'Outage',
    });
  });

  it('that nobody reads any more asks for nothing more', async () => {
    const { store, asked } = bucketOf(40 * MEBI);
    for await (const _ of store.open('k', { etag: '"v1"', sizeBytes: 40 * MEBI }).stream(never)) break;
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('without bytes has to be of its version, too', async () => {
    const { store } = bucketOf(0);
    expect(await lengthsOf(store.open('k', { etag: '"v1"', sizeBytes: 0 }).stream(never))).toEqual([0]);
    const stream = store.open('k', { etag: '"v0"', sizeBytes: 0 }).stream(never);
    await expect(lengthsOf(stream)).rejects.toMatchObject({ code: 'DATASET_CHANGED' });
  });
});
