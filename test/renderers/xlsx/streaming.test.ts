import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ByteSink, RenderContext, Row, RowStream } from '../../../lambdas/domain/rendering.ts';
import { requestSchema, specOf } from '../../../lambdas/domain/request.ts';
import { xlsxRenderer } from '../../../lambdas/renderers/xlsx/index.ts';
import { RICH_REPORT } from './rich-report.ts';
import { batches, CREATED_AT, render } from './support.ts';

const REQUEST = specOf(
  requestSchema.parse({
    format: 'xlsx',
    title: 'Stream',
    tables: [{ columns: [{ key: 'a' }, { key: 'n', type: 'number' }], rows: [] }],
  }),
);
const ROW_BYTES = 250;
/** Hardly compressible, so that many rows make many bytes. */
const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => [createHash('sha512').update(String(i)).digest('hex').padEnd(200, '-'), i]);

function run(stream: RowStream, sink: ByteSink, context: Partial<RenderContext> = {}) {
  const signal = new AbortController().signal;
  return xlsxRenderer.render(REQUEST, [stream], sink, { signal, createdAt: CREATED_AT, ...context });
}

const swallow: ByteSink = { async write() {} };

describe('back-pressure', () => {
  it('a sink that stands still stops the reading of rows', async () => {
    let read = 0;
    async function* endless() {
      const batch = rows(1000);
      for (;;) {
        read += batch.length;
        yield batch;
      }
    }
    const stop = new AbortController();
    const stalled: ByteSink = { write: () => new Promise(() => undefined) };
    let writes = 0;
    const sink: ByteSink = {
      write: (chunk) => {
        writes += 1;
        return writes < 3 ? swallow.write(chunk) : stalled.write(chunk);
      },
    };
    run(endless(), sink, { signal: stop.signal }).catch(() => undefined);
    // Until nothing moves any more; a busy machine may need its time to get there.
    for (let before = -1; writes < 3 || read !== before; ) {
      before = read;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    // A handful of blocks of one MiB each, not the rows of two seconds.
    expect(read * ROW_BYTES).toBeLessThan(8 * 1024 * 1024);
  });

  it('chunks are never written to again', async () => {
    const kept: { chunk: Uint8Array; copy: Buffer }[] = [];
    const sink: ByteSink = {
      async write(chunk) {
        kept.push({ chunk, copy: Buffer.from(chunk) });
      },
    };
    await run(batches(rows(20_000)), sink);
    expect(kept.length).toBeGreaterThan(5);
    for (const { chunk, copy } of kept) expect(copy.equals(chunk)).toBe(true);
  });
});

describe('an end before the end', () => {
  it('a cancelled job rejects with the reason, and the row stream is closed', async () => {
    const stop = new AbortController();
    const reason = new Error('cancelled by the client');
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield rows(1000);
      } finally {
        closed = true;
      }
    }
    const onProgress = (written: number) => {
      if (written >= 10_000) stop.abort(reason);
    };
    await expect(run(endless(), swallow, { signal: stop.signal, onProgress })).rejects.toBe(reason);
    expect(closed).toBe(true);
  });

  it('a job cancelled before it starts writes nothing', async () => {
    let writes = 0;
    const sink: ByteSink = {
      async write() {
        writes += 1;
      },
    };
    await expect(run(batches(rows(1)), sink, { signal: AbortSignal.abort('no') })).rejects.toBe('no');
    expect(writes).toBe(0);
  });

  it('what a sink throws comes out, and the row stream is closed', async () => {
    const failure = new Error('the upload broke');
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield rows(1000);
      } finally {
        closed = true;
      }
    }
    let writes = 0;
    const sink: ByteSink = {
      async write() {
        writes += 1;
        if (writes > 3) throw failure;
      },
    };
    await expect(run(endless(), sink)).rejects.toBe(failure);
    expect(closed).toBe(true);
  });

  it('what the row stream throws comes out, at its start and in its middle', async () => {
    const failure = new Error('line 7 is no JSON');
    async function* broken(good: number) {
      yield rows(good);
      throw failure;
    }
    await expect(run(broken(1), swallow)).rejects.toBe(failure);
    await expect(run(broken(30_000), swallow)).rejects.toBe(failure);
  });
});

it('progress counts rows over all tables', async () => {
  const request = { ...REQUEST, tables: [...REQUEST.tables, ...REQUEST.tables] };
  const seen: number[] = [];
  const context = {
    signal: new AbortController().signal,
    createdAt: CREATED_AT,
    onProgress: (n: number) => seen.push(n),
  };
  const rendered = await xlsxRenderer.render(request, [batches(rows(2500)), batches(rows(10))], swallow, context);
  expect(seen).toEqual([1000, 2000, 2500, 2510]);
  expect(rendered.rows).toBe(2510);
});

describe('the same job', () => {
  const report = (stream: RowStream) => ({
    timeZone: 'America/Sao_Paulo',
    tables: [
      {
        columns: [
          { key: 'a', conditionalFormats: [{ type: 'dataBar' }] },
          { key: 'n', type: 'number', total: 'sum', conditionalFormats: [{ type: 'dataBar' }] },
        ],
        rows: stream,
      },
    ],
  });

  it('gives the same bytes, however its rows arrive', async () => {
    const data = rows(20_000);
    async function* slow() {
      for await (const batch of batches(data, 777)) {
        await new Promise(setImmediate);
        yield batch;
      }
    }
    const hashes = [];
    for (const stream of [batches(data), batches(data, 20_000), slow()]) {
      const { bytes } = await render(report(stream));
      hashes.push(createHash('sha256').update(bytes).digest('hex'));
    }
    expect(new Set(hashes).size).toBe(1);
  });

  it('gives the same bytes with logo, groups, formats, and sheets that overflow', async () => {
    const hash = async () => {
      const { bytes, sheets } = await render(RICH_REPORT, { rows: 30 });
      expect(sheets).toBe(4);
      return createHash('sha256').update(bytes).digest('hex');
    };
    const first = await hash();
    // Another day, so that no time of the clock can have got in.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await hash()).toBe(first);
  });
});
