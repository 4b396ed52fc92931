import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { S3ReportStore } from '../../lambdas/adapters/s3-report-store.ts';
import { type Call, wired, xmlError } from '../support/wire.ts';

const LABEL = { jobId: 'job', generation: 2, attempt: 3, requestHash: 'hash' };
const MEBI = 1024 * 1024;
const PART = 8 * MEBI;
const never = new AbortController().signal;

type Step = 'put' | 'begin' | 'part' | 'complete' | 'abort';

/** Which step of an upload a request is. */
function stepOf({ method, query }: Call): Step {
  if (method === 'DELETE') return 'abort';
  if (method === 'POST') return 'uploads' in query ? 'begin' : 'complete';
  return 'partNumber' in query ? 'part' : 'put';
}

const XML = {
  begin: '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>',
  complete: '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
};

/** S3 as it answers when all is well, but for the steps that are given. */
function bucket(unlike: Partial<Record<Step, (call: Call) => Response | Promise<Response>>> = {}) {
  const { calls, config } = wired((call) => {
    const step = stepOf(call);
    const answer = unlike[step]?.(call);
    if (answer !== undefined) return answer;
    if (step === 'begin' || step === 'complete') return new Response(XML[step]);
    return new Response(null, { headers: { etag: `"e${String(call.query.partNumber ?? '')}"` } });
  });
  const store = new S3ReportStore(new S3Client({ ...config, forcePathStyle: true }), 'bucket');
  const open = (signal: AbortSignal = never) => store.open('reports/f.pdf', 'application/pdf', LABEL, signal);
  return { store, open, calls, steps: () => calls.map(stepOf) };
}

/** The bytes of a request, without the frames that a checksum behind them needs. */
function bytesOf(call: Call | undefined): Buffer {
  return Buffer.from(call?.body as Uint8Array);
}

describe('a report of one part', () => {
  it('is one put, with all that was written, its type and what it is', async () => {
    const { open, calls, steps } = bucket();
    const upload = open();
    for (const text of ['abc', '', 'defg']) await upload.write(Buffer.from(text));
    expect(await upload.commit()).toBe('committed');
    expect(steps()).toEqual(['put']);
    expect(bytesOf(calls[0]).toString()).toBe('abcdefg');
    expect(calls[0]).toMatchObject({ method: 'PUT', path: '/bucket/reports/f.pdf' });
    expect(calls[0]?.headers).toMatchObject({
      ...{ 'if-none-match': '*', 'content-type': 'application/pdf', 'x-amz-meta-job': 'job' },
      ...{ 'x-amz-meta-generation': '2', 'x-amz-meta-attempt': '3', 'x-amz-meta-request-hash': 'hash' },
    });
  });

  it('keeps what was written when its buffer grows', async () => {
    const { open, calls } = bucket();
    const upload = open();
    const pieces = [40_000, 40_000, 200_000, 1].map((length, i) => Buffer.alloc(length, i + 1));
    for (const piece of pieces) await upload.write(piece);
    await upload.commit();
    expect(bytesOf(calls[0]).equals(Buffer.concat(pieces))).toBe(true);
  });

  it('that stands already is not replaced', async () => {
    const { open, steps } = bucket({ put: () => xmlError(412, 'PreconditionFailed') });
    const upload = open();
    await upload.write(Buffer.from('x'));
    expect(await upload.commit()).toBe('exists');
    expect(steps()).toEqual(['put']);
  });

  it('has to be made again where another one is being committed, and fails where S3 fails', async () => {
    const conflict = bucket({ put: () => xmlError(409, 'ConditionalRequestConflict') }).open();
    await expect(conflict.commit()).rejects.toMatchObject({ name: 'RetryableFailure', code: 'UPLOAD_CONFLICT' });
    const refused = bucket({ put: () => xmlError(400, 'EntityTooLarge') }).open();
    await expect(refused.commit()).rejects.toMatchObject({ name: 'EntityTooLarge' });
  });

  it('leaves nothing to abort', async () => {
    const { open, steps } = bucket();
    const upload = open();
    await upload.write(Buffer.from('x'));
    await upload.abort();
    expect(steps()).toEqual([]);
  });

  it('stops with the reason of the signal', async () => {
    const stop = new AbortController();
    const { open } = bucket({ put: () => new Promise(() => {}) });
    const committed = open(stop.signal).commit();
    stop.abort(new Error('out of time'));
    await expect(committed).rejects.toThrow('out of time');
    const late = open(AbortSignal.abort(new Error('too late'))).commit();
    await expect(late).rejects.toThrow('too late');
  });
});

describe('a report of several parts', () => {
  const written = async ({ open }: ReturnType<typeof bucket>, bytes: number, signal = never) => {
    const upload = open(signal);
    await upload.write(Buffer.alloc(bytes, 7));
    return upload;
  };

  it('is sent in parts of 8 MiB, the last with the rest, and completed under the condition', async () => {
    const s3 = bucket();
    expect(await (await written(s3, 2 * PART + 5)).commit()).toBe('committed');
    expect(s3.steps()).toEqual(['begin', 'part', 'part', 'part', 'complete']);
    const parts = s3.calls.filter((call) => stepOf(call) === 'part');
    expect(parts.map(({ query }) => [query.partNumber, query.uploadId])).toEqual([
      ['1', 'u1'],
      ['2', 'u1'],
      ['3', 'u1'],
    ]);
    expect(parts.map((call) => bytesOf(call).length)).toEqual([PART, PART, 5]);
    const complete = s3.calls.at(-1);
    expect(complete?.headers['if-none-match']).toBe('*');
    expect(complete?.query.uploadId).toBe('u1');
    const named = String(complete?.body).match(/<ETag>[^<]*<\/ETag>|<PartNumber>\d+<\/PartNumber>/g);
    expect(named).toHaveLength(6);
    expect(String(complete?.body)).toMatch(/e1.*<PartNumber>1<.*e2.*<PartNumber>2<.*e3.*<PartNumber>3</s);
    expect(s3.calls[0]?.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-amz-meta-job': 'job' });
  });

  it('ends with a full part where its bytes are so many', async () => {
    const s3 = bucket();
    await (await written(s3, PART)).commit();
    expect(s3.steps()).toEqual(['begin', 'part', 'complete']);
  });

  it('waits while two parts are under way', async () => {
    const held: (() => void)[] = [];
    const s3 = bucket({
      part: () => new Promise((resolve) => held.push(() => resolve(new Response(null, { headers: { etag: '"e"' } })))),
    });
    const upload = s3.open();
    await upload.write(Buffer.alloc(PART));
    let isWritten = false;
    const second = upload.write(Buffer.alloc(PART)).then(() => {
      isWritten = true;
    });
    while (held.length < 2) await new Promise(setImmediate);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(isWritten).toBe(false);
    held[0]?.();
    await second;
    held[1]?.();
    expect(await upload.commit()).toBe('committed');
  });

  it('that stands already is not replaced, and leaves nothing behind', async () => {
    const s3 = bucket({ complete: () => xmlError(412, 'PreconditionFailed') });
    expect(await (await written(s3, PART)).commit()).toBe('exists');
    expect(s3.steps()).toEqual(['begin', 'part', 'complete', 'abort']);
    expect(s3.calls.at(-1)).toMatchObject({ path: '/bucket/reports/f.pdf', query: { uploadId: 'u1' } });
  });

  it('has to be made again where the upload is gone', async () => {
    const s3 = bucket({ complete: () => xmlError(404, 'NoSuchUpload') });
    await expect((await written(s3, PART)).commit()).rejects.toMatchObject({ code: 'UPLOAD_CONFLICT' });
  });

  it('fails where it cannot be begun, or has no name', async () => {
    const refused = bucket({ begin: () => xmlError(503, 'SlowDown') });
    await expect(written(refused, PART)).rejects.toMatchObject({ name: 'Outage' });
    const nameless = bucket({ begin: () => new Response('<InitiateMultipartUploadResult/>') });
    await expect(written(nameless, PART)).rejects.toMatchObject({ name: 'RetryableFailure', code: 'UPLOAD_REFUSED' });
  });

  it('fails with its part', async () => {
    const s3 = bucket({ part: () => xmlError(400, 'BadDigest') });
    await expect((await written(s3, PART)).commit()).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('is aborted once, after the parts that are under way', async () => {
    let answer = () => {};
    const s3 = bucket({
      part: () =>
        new Promise((resolve) => {
          answer = () => resolve(new Response(null));
        }),
    });
    const upload = await written(s3, PART);
    while (s3.steps().length < 2) await new Promise(setImmediate);
    const aborted = Promise.all([upload.abort(), upload.abort()]);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(s3.steps()).toEqual(['begin', 'part']);
    answer();
    await aborted;
    expect(s3.steps()).toEqual(['begin', 'part', 'abort']);
    expect(s3.calls.at(-1)?.query).toMatchObject({ uploadId: 'u1' });
  });

  it('is aborted although a part never comes back, and although the abort is refused', async () => {
    const s3 = bucket({ part: () => new Promise(() => {}), abort: () => xmlError(500, 'InternalError') });
    const upload = await written(s3, PART);
    await upload.abort();
    expect(s3.steps()).toEqual(['begin', 'part', 'abort']);
    await expect(upload.write(Buffer.alloc(2 * PART))).rejects.toThrow();
  });

  it('stops with the reason of the signal, and can be aborted then', async () => {
    const stop = new AbortController();
    const s3 = bucket({ part: () => new Promise(() => {}) });
    const upload = await written(s3, PART, stop.signal);
    const committed = upload.commit();
    while (s3.steps().length < 2) await new Promise(setImmediate);
    stop.abort(new Error('out of time'));
    await expect(committed).rejects.toThrow('out of time');
    await upload.abort();
    expect(s3.steps()).toEqual(['begin', 'part', 'abort']);
  });
});

describe('what stands under a key', () => {
  const headed = (headers: Record<string, string>, status = 200) => {
    const { calls, config } = wired(() => new Response(null, { status, headers }));
    return { calls, store: new S3ReportStore(new S3Client({ ...config, forcePathStyle: true }), 'bucket') };
  };

  it('says which job, generation, attempt and request it is of', async () => {
    const { store, calls } = headed({
      ...{ 'content-length': '12', 'x-amz-meta-job': 'job', 'x-amz-meta-generation': '2' },
      ...{ 'x-amz-meta-attempt': '3', 'x-amz-meta-request-hash': 'hash' },
    });
    expect(await store.inspect('reports/f.pdf')).toEqual({ ...LABEL, sizeBytes: 12 });
    expect(calls).toMatchObject([{ method: 'HEAD', path: '/bucket/reports/f.pdf' }]);
  });

  it('is of nobody where it does not say', async () => {
    expect(await headed({}).store.inspect('k')).toMatchObject({ jobId: '', requestHash: '', sizeBytes: 0 });
  });

  it('is nothing where nothing is, and unknown where S3 fails', async () => {
    expect(await headed({}, 404).store.inspect('k')).toBeUndefined();
    await expect(headed({}, 503).store.inspect('k')).rejects.toMatchObject({ name: 'Outage' });
  });
});
