import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { requestSchema } from '../../../lambdas/domain/request.ts';
import { cleanText } from '../../../lambdas/renderers/values/text.ts';
import { NAUGHTY_STRINGS as NAUGHTY } from '../../support/naughty-strings/index.ts';
import { readersPython } from '../../support/python.ts';
import { render, type TestReport } from './support.ts';

/** All of them as cells in one workbook; then each as title, name, label, header and footer of its own. */
const CELLS = 0;

interface Read {
  readonly title: string | null;
  readonly names: string[];
  readonly sameNames: boolean;
  readonly formulas: number;
  readonly cells: (string | null)[][];
  readonly calamine: (string | null)[][];
}

let read: Read[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quire-naughty-'));
  const files: string[] = [];
  for (const [i, report] of [cells(), ...NAUGHTY.filter(isTitle).map(everywhere)].entries()) {
    files.push(join(folder, `${i}.xlsx`));
    await writeFile(files[i] as string, (await render(report)).bytes);
  }
  await writeFile(join(folder, 'files.txt'), files.join('\n'));
  const run = promisify(execFile)(
    await readersPython(),
    ['test/renderers/xlsx/naughty.py', join(folder, 'files.txt')],
    { maxBuffer: 2 ** 26 },
  );
  read = (await run).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  await rm(folder, { recursive: true, force: true });
}, 120_000);

/** A request takes no empty or endless title, so that none gets here. */
function isTitle(text: string): boolean {
  return requestSchema.shape.title.safeParse(text).success;
}

function cells(): TestReport {
  const columns = [{ key: 'text' }, { key: 'url', type: 'url' }, { key: 'wrapped', wrap: true }];
  return { tables: [{ columns, rows: NAUGHTY.map((text) => [text, text, text]) }] };
}

function everywhere(text: string): TestReport {
  return {
    title: text,
    subtitle: text,
    layout: { header: text, footer: text },
    tables: [
      { name: text, columns: [{ key: text.slice(0, 255) }, { key: `${text.slice(0, 250)}.` }], rows: [[text, 1]] },
    ],
  };
}

/** openpyxl leaves `_x005F_` as it stands. */
function decoded(text: string | null | undefined): string {
  return (text ?? '').replace(/_x005F_(?=x[0-9a-f]{4}_)/gi, '_');
}

it('as cells, all come back whole from two readers', () => {
  for (const reader of ['cells', 'calamine'] as const) {
    const rows = read[CELLS]?.[reader].slice(3) as (string | null)[][];
    expect(rows).toHaveLength(NAUGHTY.length);
    for (const [i, text] of NAUGHTY.entries()) {
      for (const cell of rows[i] ?? []) expect(decoded(cell), reader).toBe(cleanText(text));
    }
  }
});

it('as title, name and label, all make a workbook that opens', () => {
  const titles = NAUGHTY.filter(isTitle);
  expect(titles.length).toBeGreaterThan(450);
  for (const [i, text] of titles.entries()) {
    const { title, names, sameNames, cells: rows } = read[i + 1] as Read;
    expect(decoded(title).trim(), text).toBe(decoded(cleanText(text)).trim());
    expect(names).toHaveLength(1);
    expect(sameNames).toBe(true);
    expect(names[0], text).toMatch(/^(?!')[^\\/?*[\]:]{1,31}(?<!')$/);
    expect(decoded(rows.at(-2)?.[0]), text).toBe(cleanText(text.slice(0, 255)));
    expect(decoded(rows.at(-1)?.[0]), text).toBe(cleanText(text));
  }
});

it('none becomes a formula', () => {
  expect(read.map(({ formulas }) => formulas).reduce((sum, count) => sum + count, 0)).toBe(0);
});
