import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import type { ByteSink, Row } from '../../lambdas/domain/rendering.ts';
import { specOf } from '../../lambdas/domain/request.ts';
import { rendererOf } from '../../lambdas/renderers/index.ts';

/** Takes every engine well over a second, so that a timer has to come between. */
const ROWS = 400_000;
const BATCH = 1_000;

const takesAll: ByteSink = { async write() {} };

/** Rows that are there at once, as those of a request are: nothing here ever waits for anything. */
async function* rowsAtOnce(seen: (rows: number) => void): AsyncGenerator<Row[]> {
  for (let from = 0; from < ROWS; from += BATCH) {
    yield Array.from({ length: BATCH }, (_, i) => [`Customer ${from + i}`, from + i, (from + i) / 7, 'some words']);
    seen(from + BATCH);
  }
}

const columns = [{ key: 'a' }, { key: 'b', type: 'integer' }, { key: 'c', type: 'number' }, { key: 'd' }];

describe.each(['xlsx', 'pdf'] as const)('a %s that only computes', (format) => {
  const report = specOf(parseRequest({ format, title: 'Busy', columns, rows: [] }));

  it('is stopped by a timer, long before its end', { timeout: 120_000 }, async () => {
    const { render } = await rendererOf(format);
    const stop = new AbortController();
    const reason = new Error('no time left');
    let read = 0;
    const rows = rowsAtOnce((count) => {
      read = count;
      if (count === BATCH) setTimeout(() => stop.abort(reason), 100);
    });
    const rendering = render(report, [rows], takesAll, { signal: stop.signal, createdAt: new Date(0) });
    await expect(rendering).rejects.toBe(reason);
    expect(read).toBeLessThan(ROWS / 2);
  });
});

describe('a row of a PDF that goes on over thousands of pages', () => {
  it('is stopped by a timer in its midst', { timeout: 120_000 }, async () => {
    const { render } = await rendererOf('pdf');
    const widths = { page: 'A5', margins: { top: 200, bottom: 200, left: 200, right: 200 } };
    const report = specOf(parseRequest({ format: 'pdf', title: 'Tall', layout: widths, columns, rows: [] }));
    const stop = new AbortController();
    const reason = new Error('no time left');
    async function* oneRow(): AsyncGenerator<Row[]> {
      setTimeout(() => stop.abort(reason), 100);
      yield [['\n'.repeat(99_000), 1, 2, '\n'.repeat(99_000)]];
    }
    const progress: number[] = [];
    const onProgress = (rows: number) => progress.push(rows);
    const rendering = render(report, [oneRow()], takesAll, { signal: stop.signal, createdAt: new Date(0), onProgress });
    await expect(rendering).rejects.toBe(reason);
    expect(progress).toEqual([]);
  });
});
