import { open } from 'node:fs/promises';
import type { Row } from '../../lambdas/domain/rendering.ts';
import type { Column, ReportSpec } from '../../lambdas/domain/request.ts';
import { pdfRenderer } from '../../lambdas/renderers/pdf/index.ts';
// @ts-expect-error plain JavaScript, so that the peers can use it without a compiler
import { compete } from '../usage.mjs';
// @ts-expect-error plain JavaScript, so that the peers can use it without a compiler
import { HEADER, row, TITLE } from './table.mjs';

/**
 * Quire as a contestant: `quire.mjs default|fixed|tagged|untagged ROWS FILE [RUNS]`. `default` has every default on: columns
 * sized by a sample, wrapping, zebra, rules, title block, footer.
 */
const [way, rows, file] = [process.argv[2], Number(process.argv[3]), process.argv[4] as string];
const runs = Number(process.argv[5] ?? 0);
const BATCH_ROWS = 1000;

const TYPES: readonly Column['type'][] = ['integer', 'text', 'text', 'date', 'integer', 'number'];
/** In characters, for those who know their data. */
const WIDTHS = [7, 22, 14, 11, 9, 10];

function columns(): Column[] {
  return TYPES.map((type, i) => ({
    key: HEADER[i],
    type,
    ...(way === 'fixed' && { width: WIDTHS[i], wrap: false }),
  }));
}

/** On the paper that the peers are given, whatever the locale's country prints on. */
function layout(): ReportSpec['layout'] {
  const page = 'A4';
  if (way === 'tagged') return { page, tagged: true };
  return way === 'untagged' ? { page, tagged: false } : { page };
}

async function* batches(): AsyncGenerator<Row[]> {
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    yield Array.from({ length: Math.min(BATCH_ROWS, rows - from) }, (_, i) => row(from + i));
  }
}

async function write(): Promise<void> {
  const output = await open(file, 'w');
  await pdfRenderer.render(
    {
      format: 'pdf',
      title: TITLE,
      locale: 'en-US',
      timeZone: 'UTC',
      tables: [{ columns: columns() }],
      layout: layout(),
    },
    [batches()],
    {
      async write(chunk) {
        await output.write(chunk);
      },
    },
    { signal: new AbortController().signal, createdAt: new Date('2026-01-01T00:00:00Z'), rowsExpected: rows },
  );
  await output.close();
}

await compete(write, runs);
