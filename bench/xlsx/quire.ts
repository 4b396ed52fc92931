import { open } from 'node:fs/promises';
import type { Row } from '../../lambdas/domain/rendering.ts';
import type { Column } from '../../lambdas/domain/request.ts';
import { xlsxRenderer } from '../../lambdas/renderers/xlsx/index.ts';
// @ts-expect-error plain JavaScript, so that the peers can use it without a compiler
import { compete } from '../usage.mjs';
// @ts-expect-error plain JavaScript, so that the peers can use it without a compiler
import { DATES, HEADER, rowMaker } from './table.mjs';

/** Quire as a contestant: `quire.mjs ROWS FILE [RUNS]`, with every default on. */
const [rows, file, runs] = [Number(process.argv[2]), process.argv[3] as string, Number(process.argv[4] ?? 0)];
const BATCH_ROWS = 1000;

const TYPES: readonly Column['type'][] = [
  'integer',
  'text',
  'text',
  'text',
  'date',
  'boolean',
  'integer',
  'number',
  'number',
  'text',
];

async function* batches(): AsyncGenerator<Row[]> {
  const makeRow = rowMaker((DATES as Date[]).map((date) => date.toISOString().slice(0, 10)));
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    yield Array.from({ length: Math.min(BATCH_ROWS, rows - from) }, (_, i) => makeRow(from + i));
  }
}

async function write(): Promise<void> {
  const output = await open(file, 'w');
  await xlsxRenderer.render(
    {
      format: 'xlsx',
      title: 'Bench',
      locale: 'en-US',
      timeZone: 'UTC',
      tables: [{ columns: TYPES.map((type, i) => ({ key: HEADER[i], type })) }],
      layout: {},
    },
    [batches()],
    {
      async write(chunk) {
        await output.write(chunk);
      },
    },
    { signal: new AbortController().signal, createdAt: new Date('2026-01-01T00:00:00Z') },
  );
  await output.close();
}

await compete(write, runs);
