import { gunzipSync, gzipSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { S3DatasetStore } from '../../lambdas/adapters/s3-dataset-store.ts';
import { S3Links } from '../../lambdas/adapters/s3-links.ts';
import { S3RequestStore } from '../../lambdas/adapters/s3-request-store.ts';
import { ManualClock } from '../support/memory/clock.ts';
import { wired, xmlError } from '../support/wire.ts';

function clientThat(answer: () => Response) {
  const { calls, config } = wired(answer);
  return { calls, client: new S3Client({ ...config, forcePathStyle: true }) };
}

describe('a request in the bucket', () => {
  it('is kept packed', async () => {
    const { client, calls } = clientThat(() => new Response(null));
    await new S3RequestStore(client, 'bucket').save('requests/j/h.json.gz', '{"title":"Łódź"}');
    expect(calls).toMatchObject([{ method: 'PUT', path: '/bucket/requests/j/h.json.gz' }]);
    expect(calls[0]?.headers['content-type']).toBe('application/gzip');
    expect(gunzipSync(calls[0]?.body as Uint8Array).toString()).toBe('{"title":"Łódź"}');
  });

  it('comes back as it was', async () => {
    const { client, calls } = clientThat(() => new Response(gzipSync('{"title":"Łódź"}')));
    expect(await new S3RequestStore(client, 'bucket').load('requests/j/h.json.gz')).toBe('{"title":"Łódź"}');
    expect(calls).toMatchObject([{ method: 'GET', path: '/bucket/requests/j/h.json.gz' }]);
  });

  it.each([
    ['that is gone', () => xmlError(404, 'NoSuchKey'), 'REQUEST_LOST'],
    ['that is not packed', () => new Response('{}'), 'REQUEST_UNREADABLE'],
    ['that is empty', () => new Response(null), 'REQUEST_UNREADABLE'],
  ])('%s ends its job', async (_, answer, code) => {
    const loaded = new S3RequestStore(clientThat(answer).client, 'bucket').load('k');
    await expect(loaded).rejects.toMatchObject({ name: 'PermanentFailure', code, cause: expect.any(Error) });
  });

  it('that nobody can get now is an outage, and another refusal is what it is', async () => {
    const load = (answer: () => Response) => new S3RequestStore(clientThat(answer).client, 'bucket').load('k');
    await expect(load(() => xmlError(503, 'SlowDown'))).rejects.toMatchObject({ name: 'Outage' });
    await expect(load(() => xmlError(400, 'InvalidArgument'))).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('an uploaded dataset', () => {
  it('is known by its version, its size and when it came', async () => {
    const headers = {
      ...{ etag: '"v1"', 'content-length': '12', 'x-amz-version-id': 'third' },
      'last-modified': 'Mon, 05 Jan 2026 09:00:00 GMT',
    };
    const { client, calls } = clientThat(() => new Response(null, { headers }));
    expect(await new S3DatasetStore(client, 'bucket').inspect('datasets/t/i')).toEqual({
      ...{ etag: '"v1"', versionId: 'third', sizeBytes: 12 },
      uploadedAt: Date.UTC(2026, 0, 5, 9),
    });
    expect(calls).toMatchObject([{ method: 'HEAD', path: '/bucket/datasets/t/i' }]);
  });

  it('of which S3 says nothing is empty and old', async () => {
    const store = new S3DatasetStore(clientThat(() => new Response(null)).client, 'bucket');
    expect(await store.inspect('k')).toEqual({ etag: '', versionId: undefined, sizeBytes: 0, uploadedAt: 0 });
  });

  it('is nothing where nothing was uploaded, and unknown where S3 fails', async () => {
    const inspect = (status: number) =>
      new S3DatasetStore(clientThat(() => new Response(null, { status })).client, 'bucket').inspect('k');
    expect(await inspect(404)).toBeUndefined();
    await expect(inspect(503)).rejects.toMatchObject({ name: 'Outage' });
  });

  it('is read in the version that was accepted', async () => {
    const { client, calls } = clientThat(() => new Response('abc'));
    const file = new S3DatasetStore(client, 'bucket').open('k', { etag: '"v1"', versionId: 'third', sizeBytes: 3 });
    expect(file.sizeBytes).toBe(3);
    expect(Buffer.from(await file.slice(0, 3, new AbortController().signal)).toString()).toBe('abc');
    expect(calls).toMatchObject([{ query: { versionId: 'third' }, headers: { 'if-match': '"v1"' } }]);
  });

  it('is read no further for somebody who stops meanwhile', async () => {
    const stop = new AbortController();
    const { config } = wired(() => new Promise(() => {}));
    const store = new S3DatasetStore(new S3Client({ ...config, forcePathStyle: true }), 'bucket');
    const read = store.open('k', { etag: '"v1"', sizeBytes: 3 }).slice(0, 3, stop.signal);
    stop.abort(new Error('out of time'));
    await expect(read).rejects.toThrow('out of time');
  });

  it('is not read for somebody who has stopped, who hears why', async () => {
    const { client } = clientThat(() => xmlError(503, 'SlowDown'));
    const file = new S3DatasetStore(client, 'bucket').open('k', { etag: '"v1"', sizeBytes: 3 });
    await expect(file.slice(0, 3, AbortSignal.abort(new Error('out of time')))).rejects.toThrow('out of time');
  });
});

it('a link to a report downloads it under its name, as its type, for so long and to nobody’s cache', async () => {
  const { client } = clientThat(() => new Response(null));
  const clock = new ManualClock();
  const { url, expiresAt } = await new S3Links(client, 'bucket', 600, clock).sign('reports/f', 'Bericht ü.pdf', 'a/b');
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toBe('/bucket/reports/f');
  expect(Object.fromEntries(searchParams)).toMatchObject({
    'X-Amz-Expires': '600',
    'response-content-disposition': `attachment; filename="Bericht _.pdf"; filename*=UTF-8''Bericht%20%C3%BC.pdf`,
    'response-content-type': 'a/b',
    'response-cache-control': 'no-store',
  });
  expect(Date.parse(expiresAt) - clock.now()).toBe(600_000);
});
