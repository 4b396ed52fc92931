import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../lambdas/datasets/limits.ts';
import { openDataset } from '../../lambdas/datasets/open-dataset.ts';
import type { StoredBytes } from '../../lambdas/domain/dataset.ts';
import { columns, contextOf, failure, type Reading, read, stored } from './support.ts';

const MEBI = 1024 * 1024;

/** A file that is made while it is read: so many times the same piece. */
function repeated(piece: Uint8Array, times: number, before = '', after = ''): StoredBytes {
  const [head, tail] = [before, after].map((text) => new TextEncoder().encode(text));
  if (head === undefined || tail === undefined) throw new Error('unreachable');
  return {
    sizeBytes: head.byteLength + piece.byteLength * times + tail.byteLength,
    async *stream() {
      yield head;
      for (let i = 0; i < times; i += 1) yield piece;
      yield tail;
    },
    slice: () => Promise.reject(new Error('not a file of ranges')),
  };
}

/** Packs what never lies in memory as a whole. */
async function bomb(mebibytes: number): Promise<Uint8Array> {
  const packer = createGzip({ level: 9 });
  const zeros = Buffer.alloc(MEBI, `${'x'.repeat(65_535)}\n`);
  (async () => {
    for (let i = 0; i < mebibytes; i += 1) {
      if (!packer.write(zeros)) await new Promise((resolve) => packer.once('drain', resolve));
    }
    packer.end();
  })();
  const chunks: Buffer[] = [];
  for await (const chunk of packer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads and keeps nothing; tells by how much the process grew. */
async function growth(format: 'csv' | 'ndjson' | 'json', file: StoredBytes, reading: Reading = {}) {
  const before = process.memoryUsage.rss();
  let peak = before;
  let rows = 0;
  let end: unknown;
  try {
    const dataset = await openDataset(file, { format, ...reading.spec }, contextOf(reading));
    for await (const batch of dataset.rows(new AbortController().signal)) {
      rows += batch.length;
      peak = Math.max(peak, process.memoryUsage.rss());
    }
  } catch (cause) {
    end = cause;
  }
  peak = Math.max(peak, process.memoryUsage.rss());
  return { rows, end, mebibytes: (peak - before) / MEBI };
}

describe('a hostile dataset', () => {
  it('that unpacks to a thousand times its size ends early, in little memory', async () => {
    const packed = await bomb(512);
    expect(packed.byteLength * 900).toBeLessThan(512 * MEBI);
    const { end, rows, mebibytes } = await growth('csv', stored(packed), {
      spec: { header: false },
      columns: columns('a'),
    });
    expect(end).toMatchObject({
      code: 'DATASET_OVER_LIMIT',
      message: expect.stringMatching(/^byte \d+: .* 250 times/),
    });
    expect(rows).toBeLessThan(512 * 16);
    expect(mebibytes).toBeLessThan(200);
  });

  it('of one line of a gibibyte ends at the length of a line', async () => {
    const { end, mebibytes } = await growth('csv', repeated(Buffer.alloc(MEBI, 'x'), 1024, 'a\n'));
    expect(end).toMatchObject({ code: 'DATASET_OVER_LIMIT', message: expect.stringMatching(/^line 2 is longer than/) });
    expect(mebibytes).toBeLessThan(100);
    for (const format of ['ndjson', 'json'] as const) {
      const line = await growth(format, repeated(Buffer.alloc(MEBI, 'x'), 1024, '["'));
      expect(line.end).toMatchObject({ code: 'DATASET_OVER_LIMIT' });
      expect(line.mebibytes).toBeLessThan(100);
    }
  });

  it('nested ten thousand deep ends at its depth', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(await failure(read('json', `[${deep}]`))).toEqual({
      code: 'DATASET_OVER_LIMIT',
      detail: 'byte 33 is nested deeper than 32 levels.',
    });
    expect(await failure(read('ndjson', `{"a":1}\n{"a":${deep}}`))).toEqual({
      code: 'DATASET_OVER_LIMIT',
      detail: 'line 2 is nested deeper than 32 levels.',
    });
  });

  it('of twenty thousand columns ends at its first line', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `c${i}`);
    const { code, detail } = await failure(read('csv', `${names.join(',')}\n`));
    expect(code).toBe('DATASET_OVER_LIMIT');
    expect(detail).toBe('line 1 has 20000 fields; at most 16384 are read');
    const row = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])));
    expect((await failure(read('ndjson', row))).code).toBe('DATASET_OVER_LIMIT');
    expect((await failure(read('json', `[${row}]`))).code).toBe('DATASET_OVER_LIMIT');
  });

  it('of two million rows of one cell is read in the memory of a few, or ends at the number of rows', async () => {
    const rows = Buffer.from('7\n'.repeat(100_000));
    const all = await growth('csv', repeated(rows, 20, 'a\n'), { columns: columns('a:integer') });
    expect([all.rows, all.end]).toEqual([2_000_000, undefined]);
    expect(all.mebibytes).toBeLessThan(150);
    const limits = { rows: 1_500_000 };
    const some = await growth('csv', repeated(rows, 20, 'a\n'), { columns: columns('a:integer'), limits });
    expect(some.end).toMatchObject({
      code: 'DATASET_OVER_LIMIT',
      message: expect.stringMatching(/^line 15\d{5}: the dataset has more than 1500000 rows/),
    });
  });

  it('that unpacks to more bytes than allowed ends there', async () => {
    const file = gzipSync(`a\n${'1\n'.repeat(100_000)}`);
    const { code, detail } = await failure(read('csv', file, { limits: { bytes: 100_000 } }));
    expect([code, detail]).toEqual(['DATASET_OVER_LIMIT', 'The dataset unpacks to more than 100000 bytes.']);
  });
});

describe('a broken dataset', () => {
  const text = `a,b\n${Array.from({ length: 50_000 }, (_, i) => `${i},${(i * 7919) % 1000}`).join('\n')}\n`;

  it('whose gzip data end too early is not a short one', async () => {
    const packed = gzipSync(text);
    for (const bytes of [10, 1000, packed.byteLength - 1]) {
      const { code, detail } = await failure(read('csv', packed.subarray(0, bytes)));
      expect([code, detail]).toEqual(['DATASET_TRUNCATED', `byte ${bytes}: the gzip data ends too early.`]);
    }
  });

  it('whose gzip data are damaged is told by the byte', async () => {
    const packed = gzipSync(text);
    const damaged = Uint8Array.from(packed);
    damaged[packed.byteLength - 5] = (damaged[packed.byteLength - 5] ?? 0) ^ 1;
    const { code, detail } = await failure(read('csv', damaged));
    expect([code, detail]).toEqual([
      'DATASET_MALFORMED',
      expect.stringMatching(/^near byte \d+: the gzip data is damaged/),
    ]);
    const more = await failure(read('csv', Buffer.concat([packed, Buffer.from('more')])));
    expect(more.code).toBe('DATASET_MALFORMED');
  });

  it('of several gzip members is read whole', async () => {
    const half = text.indexOf('\n', text.length / 2) + 1;
    const file = Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]);
    expect((await read('csv', file)).rows.length).toBe(50_000);
  });

  it('whose source ends before its size is tried again, never a short one', async () => {
    for (const bytes of [new TextEncoder().encode(text), gzipSync(text)]) {
      const short = { ...stored(bytes.subarray(0, bytes.byteLength - 100)), sizeBytes: bytes.byteLength };
      await expect(read('csv', short)).rejects.toMatchObject({ name: 'RetryableFailure', code: 'DATASET_INTERRUPTED' });
    }
  });

  it('whose source fails passes the failure on', async () => {
    const source = stored(gzipSync(text));
    const failing = {
      ...source,
      async *stream(signal: AbortSignal) {
        yield* source.stream(signal);
        throw new Error('connection reset');
      },
    };
    await expect(read('csv', failing)).rejects.toThrow('connection reset');
  });
});

describe('reading', () => {
  it('stops when it is told to, and closes its source', async () => {
    let closed = false;
    const rows = Buffer.from('1,2\n'.repeat(20_000));
    const endless: StoredBytes = {
      sizeBytes: Number.MAX_SAFE_INTEGER,
      async *stream() {
        try {
          yield Buffer.from('a,b\n');
          for (;;) yield rows;
        } finally {
          closed = true;
        }
      },
      slice: () => Promise.reject(new Error('not a file of ranges')),
    };
    const stop = new AbortController();
    const dataset = await openDataset(endless, { format: 'csv' }, contextOf({}));
    await dataset.describe(stop.signal);
    expect(closed).toBe(true);
    closed = false;
    const reading = (async () => {
      let batches = 0;
      for await (const _ of dataset.rows(stop.signal)) {
        batches += 1;
        if (batches === 3) stop.abort(new Error('enough'));
      }
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(closed).toBe(true);
  });

  it('tells how many of the stored bytes it has read', async () => {
    const packed = gzipSync(`a\n${'1\n'.repeat(100_000)}`);
    const dataset = await openDataset(stored(packed), { format: 'csv' }, contextOf({}));
    expect(dataset.progress()).toEqual({ bytesRead: 0, bytesTotal: packed.byteLength });
    for await (const _ of dataset.rows(new AbortController().signal));
    expect(dataset.progress()).toEqual({ bytesRead: packed.byteLength, bytesTotal: packed.byteLength });
  });

  it('has limits that a stage may set', () => {
    expect(Object.values(DEFAULT_LIMITS).every((limit) => limit > 0)).toBe(true);
  });
});
