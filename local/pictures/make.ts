/** Regenerates the pictures of PDF reports in docs/images: `npx tsx local/pictures/make.ts`. Needs pdftoppm. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '../../lambdas/domain/cells.ts';
import type { Row } from '../../lambdas/domain/rendering.ts';
import { requestSchema, specOf } from '../../lambdas/domain/request.ts';
import { pdfRenderer } from '../../lambdas/renderers/pdf/index.ts';
import { federalReceipts } from '../samples/federal-receipts.ts';
import { labourMarket } from '../samples/labour-market.ts';
import { countries, salesInArabic, salesWithGroups } from './reports.ts';
import { accounts, LOCALES, wide } from './wide.ts';

interface Report {
  readonly tables: readonly { columns: readonly { key: string }[]; rows: readonly unknown[] }[];
  readonly [key: string]: unknown;
}

const RESOLUTION = '75';
/** Of pages that show how much there is, and not what. */
const SMALL = '55';

/** @param options of pdftoppm, beside the page */
async function picture(name: string, report: Report, page: number, options = ['-r', RESOLUTION]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quire-picture-'));
  const file = join(folder, 'report.pdf');
  writeFileSync(file, await rendered(report));
  const one = ['-png', '-f', String(page), '-l', String(page), '-singlefile'];
  execFileSync('pdftoppm', [...one, ...options, file, join('docs/images', name)]);
  rmSync(folder, { recursive: true });
}

async function rendered(report: Report): Promise<Buffer> {
  const tables = report.tables.map((table) => ({ ...table, rows: [] }));
  const request = specOf(requestSchema.parse({ ...report, format: 'pdf', tables }));
  const chunks: Uint8Array[] = [];
  const sink = {
    async write(chunk: Uint8Array) {
      chunks.push(chunk);
    },
  };
  const streams = report.tables.map(async function* ({ columns, rows }) {
    yield rows.map((row) => cellsOf(row, columns));
  });
  const context = { signal: new AbortController().signal, createdAt: new Date('2026-11-24T10:20:30Z') };
  await pdfRenderer.render(request, streams, sink, context);
  return Buffer.concat(chunks);
}

function cellsOf(row: unknown, columns: readonly { key: string }[]): Row {
  return Array.isArray(row) ? row : columns.map(({ key }) => (row as Record<string, Cell>)[key] ?? null);
}

await picture('pdf-groups', salesWithGroups(), 1);
await picture('pdf-federal-receipts', await federalReceipts(), 1);
await picture('pdf-labour-market', await labourMarket(), 1);
await picture(
  'pdf-scripts',
  countries((language) => readFileSync(`node_modules/i18n-iso-countries/langs/${language}.json`, 'utf8')),
  1,
);
await picture('pdf-right-to-left', salesInArabic(), 1);
for (const [columns, page] of [
  [30, 1],
  [30, 2],
  [100, 3],
  [250, 7],
] as const) {
  await picture(`pdf-${columns}-columns-${page}`, wide(columns), page, ['-r', SMALL]);
}
await picture('pdf-30-columns-arabic', wide(30, 'ar-EG'), 1, ['-r', SMALL]);
for (const locale of Object.keys(LOCALES) as (keyof typeof LOCALES)[]) {
  // The upper part of the page, in 1/72 inch: what is below is empty.
  await picture(`pdf-in-${locale}`, accounts(locale), 1, ['-r', '72', '-x', '0', '-y', '20', '-W', '595', '-H', '190']);
}
