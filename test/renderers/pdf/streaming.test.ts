import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ByteSink, Row } from '../../../lambdas/domain/rendering.ts';
import { manyRows, renderTo } from './support.ts';

const COLUMNS = [{ key: 'name' }, { key: 'number', type: 'integer' }];
const swallow: ByteSink = { async write() {} };

async function* rowsUpTo(count: number, seen: (rows: number) => void = () => {}): AsyncGenerator<Row[]> {
  for (let from = 0; from < count; from += 1000) {
    yield manyRows(Math.min(1000, count - from), from);
    seen(from + 1000);
  }
}

const report = (rows: AsyncIterable<readonly Row[]>) => ({ tables: [{ columns: COLUMNS, rows }] });

describe('back-pressure', () => {
  it('a sink that stands still stops the reading of rows', async () => {
    let read = 0;
    const stop = new AbortController();
    let isAsked = false;
    const stalled: ByteSink = {
      write: () => {
        isAsked = true;
        return new Promise(() => {});
      },
    };
    const rows = rowsUpTo(Number.POSITIVE_INFINITY, (count) => {
      read = count;
    });
    renderTo(stalled, report(rows), { signal: stop.signal }).catch(() => {});
    // Until nothing moves any more; without back-pressure that never comes.
    for (let before = -1; !isAsked || read !== before; await setTimeout(300)) before = read;
    expect(read).toBeLessThan(10_000);
  });

  it('finished pages leave while rows still come, and chunks are never written to again', async () => {
    const kept: { chunk: Uint8Array; copy: Buffer }[] = [];
    let sent = 0;
    const sink: ByteSink = {
      async write(chunk) {
        kept.push({ chunk, copy: Buffer.from(chunk) });
        sent += chunk.length;
      },
    };
    const sentBefore: number[] = [];
    await renderTo(sink, report(rowsUpTo(30_000, () => sentBefore.push(sent))));
    expect(sentBefore.at(-1)).toBeGreaterThan(0.6 * sent);
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
        yield* rowsUpTo(Number.POSITIVE_INFINITY);
      } finally {
        closed = true;
      }
    }
    const onProgress = (written: number) => {
      if (written >= 5000) stop.abort(reason);
    };
    await expect(renderTo(swallow, report(endless()), { signal: stop.signal, onProgress })).rejects.toBe(reason);
    expect(closed).toBe(true);
  });

  it('errors of the rows and of the sink come through as they are', async () => {
    const lost = new Error('the dataset ends in the middle of a row');
    async function* broken() {
      yield manyRows(500);
      throw lost;
    }
    await expect(renderTo(swallow, report(broken()))).rejects.toBe(lost);
    const full = new Error('the upload was refused');
    const refusing: ByteSink = { write: () => Promise.reject(full) };
    await expect(renderTo(refusing, report(rowsUpTo(5000)))).rejects.toBe(full);
  });
});

it('tells its progress, in rows over all tables', async () => {
  const told: number[] = [];
  const tables = [1500, 2500].map((count) => ({ columns: COLUMNS, rows: rowsUpTo(count) }));
  const { rows } = await renderTo(swallow, { tables }, { onProgress: (written) => told.push(written) });
  expect(rows).toBe(4000);
  expect(told).toEqual([1000, 1500, 2500, 3500, 4000]);
});

it('keeps its memory while the rows grow tenfold', { timeout: 60_000 }, async () => {
  const peak = async (count: number): Promise<number> => {
    let most = 0;
    const seen = () => {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      most = Math.max(most, arrayBuffers + heapUsed);
    };
    await renderTo(swallow, report(rowsUpTo(count, seen)));
    return most / 2 ** 20;
  };
  const short = await peak(20_000);
  expect((await peak(200_000)) - short).toBeLessThan(64);
});
