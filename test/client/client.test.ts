import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobFailed, QuireClient, QuireProblem, type ReportRequest, UnexpectedAnswer } from '../../client/index.ts';
import { REQUESTS, UPLOAD } from '../../local/docs/openapi/examples.ts';
import { job, refused } from './answers.ts';
import { ScriptedServer } from './server.ts';

const request: ReportRequest = REQUESTS.workbook;

let server: ScriptedServer;
let quire: QuireClient;
beforeEach(async () => {
  server = new ScriptedServer();
  await server.listen();
  quire = new QuireClient({ address: `${server.address}/prod/` });
});
afterEach(() => server.close());

describe('a call', () => {
  it('is tried again with one key over outages, refused connections and a full queue', async () => {
    server.answers = [
      refused('UNAVAILABLE'),
      'cut',
      refused('THROTTLED', { 'retry-after': '0' }),
      { status: 202, body: job('queued') },
    ];
    expect(await quire.generate(request)).toEqual(job('queued'));
    const keys = server.calls.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(server.calls.map(({ method, path, body }) => `${method} ${path} ${body}`))).toEqual(
      new Set([`POST /prod/generate ${JSON.stringify(request)}`]),
    );
  });

  it('of its own has a key of its own', async () => {
    server.answers = [
      { status: 202, body: job('queued') },
      { status: 202, body: job('queued') },
    ];
    await quire.generate(request);
    await quire.generate(request, { idempotencyKey: 'mine' });
    expect(server.calls[0]?.headers['idempotency-key']).not.toBe(server.calls[1]?.headers['idempotency-key']);
    expect(server.calls[1]?.headers['idempotency-key']).toBe('mine');
  });

  it('waits as long as it is asked to', async () => {
    server.answers = [refused('THROTTLED', { 'retry-after': '1' }), { status: 200, body: job('done') }];
    await quire.status('abc');
    const [first, second] = server.calls;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('that is refused says why, by code and place, and is not tried again', async () => {
    server.answers = [refused('INVALID_REQUEST')];
    const problem = await quire.generate(request).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(QuireProblem);
    expect(problem).toMatchObject({
      code: 'INVALID_REQUEST',
      status: 422,
      faults: [{ pointer: '/rows/1/total', code: 'INVALID_CELL' }],
      requestId: expect.any(String),
    });
    expect(server.calls).toHaveLength(1);
  });

  it('to somebody else says who answered', async () => {
    server.answers = [{ status: 404, body: '<html>Nothing here' }];
    const error = await quire.status('abc').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(String(error)).toContain('404');
    expect(String(error)).toContain('Nothing here');
  });

  it('gives up after its tries', async () => {
    server.answers = [refused('UNAVAILABLE'), refused('UNAVAILABLE')];
    const twice = new QuireClient({ address: server.address, tries: 2 });
    await expect(twice.status('abc')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(server.calls).toHaveLength(2);
  });

  it('is signed anew for every try', async () => {
    let count = 0;
    const sign = (unsigned: Request) => {
      const signed = new Request(unsigned);
      count += 1;
      signed.headers.set('authorization', `Bearer ${count}`);
      return signed;
    };
    server.answers = [refused('UNAVAILABLE'), { status: 202, body: job('queued') }];
    await new QuireClient({ address: server.address, sign }).generate(request);
    expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', 'Bearer 2']);
    expect(server.calls[1]?.body).toBe(JSON.stringify(request));
  });

  it('ends when it is told to, whatever its signer makes of the request', async () => {
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const controller = new AbortController();
    // As aws4fetch does it: another request, of the same parts.
    const sign = async ({ url, method, headers, body }: Request) => {
      const init = { method, headers, ...(body ? { body: await new Response(body).text() } : {}) };
      return new Request(url, init);
    };
    const stuck = (request: Request) =>
      new Promise<Response>((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
        isAsked();
      });
    const signing = new QuireClient({ address: server.address, sign, fetch: stuck });
    const call = signing.generate(request, { signal: controller.signal });
    await asked;
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    await expect(signing.status('abc', { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('ends when it is told to, in the middle of a wait', async () => {
    server.answers = [refused('THROTTLED', { 'retry-after': '3600' })];
    const controller = new AbortController();
    const call = quire.status('abc', { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(call).rejects.toThrow('enough');
  });
});

describe('a job', () => {
  it('is followed to its end, well or badly', async () => {
    server.answers = [
      { status: 200, body: job('queued'), headers: { 'retry-after': '0' } },
      { status: 200, body: job('processing'), headers: { 'retry-after': '0' } },
      { status: 200, body: job('error') },
    ];
    const seen: string[] = [];
    for await (const { status } of quire.wait(job('queued'))) seen.push(status);
    expect(seen).toEqual(['queued', 'processing', 'error']);
  });

  it('that failed is told with its reason', async () => {
    server.answers = [{ status: 200, body: job('error') }];
    const failed = quire.finish('abc');
    await expect(failed).rejects.toBeInstanceOf(JobFailed);
    await expect(failed).rejects.toThrow('DATASET_MALFORMED');
  });

  it('that is done is downloaded by its link, which is not signed again', async () => {
    const done = job('done');
    const url = `${server.address}/bucket/file?X-Amz-Signature=1`;
    server.answers = [
      { status: 200, body: { ...done, report: { ...done.report, url } } },
      { status: 200, body: 'the file' },
    ];
    const sign = (unsigned: Request) => {
      unsigned.headers.set('authorization', 'Bearer 1');
      return unsigned;
    };
    const { body, report } = await new QuireClient({ address: server.address, sign }).download(done);
    expect(await new Response(body).text()).toBe('the file');
    expect(report.sha256).toBe(done.report?.sha256);
    expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', undefined]);
  });
});

it('rows are uploaded to the place that the API gives, with the headers that it wants', async () => {
  const headers = { 'Content-Length': '7', 'x-amz-meta-a': 'b' };
  server.answers = [
    { status: 201, body: { ...UPLOAD, upload: { ...UPLOAD.upload, url: `${server.address}/put`, headers } } },
    { status: 200, body: '' },
  ];
  expect(await quire.upload(new Blob(['a,b\n', '1,2']))).toBe(UPLOAD.id);
  const [opened, put] = server.calls;
  expect(opened?.body).toBe('{"sizeBytes":7}');
  expect(put).toMatchObject({ method: 'PUT', path: '/put', body: 'a,b\n1,2' });
  expect(put?.headers).toMatchObject({ 'content-length': '7', 'x-amz-meta-a': 'b' });
});
