import type { ReportUpload } from '../../../lambdas/domain/ports.ts';
import { contract } from '../contract.ts';
import { type BucketBench, buckets } from './implementations.ts';

const KEY = 'reports/t/j/1/Überblick (Köln) & 100 %.xlsx';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const label = (attempt = 1) => ({ jobId: 'j', generation: 1, attempt, requestHash: 'c0ffee' });

const NEVER = new AbortController().signal;
const small = () => Buffer.from('a small report');
/** Two parts and a bit. */
const large = ({ partBytes }: BucketBench) => Buffer.alloc(2 * partBytes + 5, 'a large report; ');

contract('the report store', buckets(), (it) => {
  const start = async (bench: BucketBench, bytes: Buffer, attempt = 1): Promise<ReportUpload> => {
    const upload = bench.reports.open(KEY, TYPE, label(attempt), NEVER);
    await upload.write(bytes);
    return upload;
  };
  const stored = async (bench: BucketBench) => {
    const found = await bench.reports.inspect(KEY);
    if (found === undefined) throw new Error('nothing stands under the key');
    return found;
  };

  for (const [size, content] of [
    ['of one part', small],
    ['of three parts', large],
  ] as const) {
    it(`publishes a report ${size} with its type and its label`, async (bench, expect) => {
      const bytes = content(bench);
      expect(await (await start(bench, bytes)).commit()).toBe('committed');
      const object = await bench.read(KEY);
      expect(object?.bytes.equals(bytes)).toBe(true);
      expect(object?.contentType).toBe(TYPE);
      expect(await stored(bench)).toEqual({ ...label(), sizeBytes: bytes.byteLength });
      expect(await bench.openUploads()).toBe(0);
    });

    it(`shows nothing of a report ${size} before its commit`, async (bench, expect) => {
      await start(bench, content(bench));
      expect(await bench.reports.inspect(KEY)).toBeUndefined();
    });

    it(`publishes the first of two reports ${size}, and leaves nothing of the second`, async (bench, expect) => {
      const [first, second] = [await start(bench, content(bench), 1), await start(bench, content(bench), 2)];
      expect(await second.commit()).toBe('committed');
      expect(await first.commit()).toBe('exists');
      expect(await stored(bench)).toMatchObject({ attempt: 2 });
      expect(await bench.openUploads()).toBe(0);
    });

    it(`publishes one of ten reports ${size} that are committed at once`, async (bench, expect) => {
      const uploads = await Promise.all(Array.from({ length: 10 }, (_, i) => start(bench, content(bench), i + 1)));
      const ends = await Promise.allSettled(uploads.map((upload) => upload.commit()));
      const winners = ends.flatMap((end, i) =>
        end.status === 'fulfilled' && end.value === 'committed' ? [i + 1] : [],
      );
      expect(winners).toEqual([(await stored(bench)).attempt]);
    });

    it(`does not publish a report ${size} again whose commit succeeded and was answered by nobody`, async (bench, expect) => {
      const upload = await start(bench, content(bench));
      await upload.commit();
      // S3 may remember the completion, refuse it, or know the upload no more: each leads to the object that stands.
      const again = await upload.commit().catch((failure: Error) => failure.name);
      expect(['committed', 'exists', 'RetryableFailure']).toContain(again);
      expect(await stored(bench)).toMatchObject({ attempt: 1 });
      expect(await bench.openUploads()).toBe(0);
    });

    it(`leaves nothing of a report ${size} that is given up`, async (bench, expect) => {
      const upload = await start(bench, content(bench));
      await upload.abort();
      await upload.abort();
      expect(await bench.openUploads()).toBe(0);
      expect(await bench.reports.inspect(KEY)).toBeUndefined();
    });
  }

  it('publishes a report of no bytes', async (bench, expect) => {
    expect(await (await start(bench, Buffer.alloc(0))).commit()).toBe('committed');
    expect(await stored(bench)).toMatchObject({ sizeBytes: 0 });
  });

  it('publishes a report that ends with a whole part', async (bench, expect) => {
    const bytes = Buffer.alloc(bench.partBytes, 'x');
    expect(await (await start(bench, bytes)).commit()).toBe('committed');
    expect((await bench.read(KEY))?.bytes.equals(bytes)).toBe(true);
  });

  it('publishes many small writes in their order', async (bench, expect) => {
    const upload = bench.reports.open(KEY, TYPE, label(), NEVER);
    const lines = Array.from({ length: 500 }, (_, i) => Buffer.from(`${i}\n`));
    for (const line of lines) await upload.write(line);
    await upload.commit();
    expect((await bench.read(KEY))?.bytes.equals(Buffer.concat(lines))).toBe(true);
  });

  it('says that an upload whose parts have expired is to be started anew', async (bench, expect) => {
    const upload = await start(bench, large(bench));
    await bench.expireUploads();
    await expect(upload.commit()).rejects.toMatchObject({ name: 'RetryableFailure', code: 'UPLOAD_CONFLICT' });
    expect(await bench.reports.inspect(KEY)).toBeUndefined();
  });

  it('tells two keys apart that differ in case or in composition', async (bench, expect) => {
    await bench.overwrite(KEY.toUpperCase(), small());
    await bench.overwrite(KEY.normalize('NFD'), small());
    expect(await bench.reports.inspect(KEY)).toBeUndefined();
  });
});
