import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Cell } from '../../../lambdas/domain/cells.ts';
import { readersPython } from '../../support/python.ts';
import { render } from './support.ts';

const TABLES = 1000;
/** As many sheets make one workbook, because a workbook of its own for each would take a minute. */
const PER_WORKBOOK = 50;

/** Text that is in danger: what looks like formulas, markup, escapes, numbers; characters of every kind. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '=1+1',
    '@x',
    '_x0041_',
    '_x005F_',
    '  edges  ',
    'a\r\nb',
    'a\nb',
    '007',
    '1e5',
    'TRUE',
    '<b>&amp;</b>',
  ),
);
const wallClock = fc
  .date({ min: new Date('1900-03-01T00:00:00Z'), max: new Date('9998-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const CELLS: Record<string, fc.Arbitrary<Cell>> = {
  text: text,
  url: text,
  integer: fc.oneof(fc.maxSafeInteger(), fc.maxSafeInteger().map(String)),
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
    text,
  ),
  currency: fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
  percent: fc.double({ min: -10, max: 10, noNaN: true }),
  boolean: fc.boolean(),
  date: wallClock.map((iso) => iso.slice(0, 10)),
  datetime: wallClock.map((iso) => iso.slice(0, -1)),
  duration: fc.integer({ min: 0, max: 1e9 }).map((ms) => ms / 1000),
};

const table = fc.array(fc.constantFrom(...Object.keys(CELLS)), { minLength: 1, maxLength: 8 }).chain((types) =>
  fc.record({
    types: fc.constant(types),
    rows: fc.array(fc.tuple(...types.map((type) => fc.option(CELLS[type] as fc.Arbitrary<Cell>, { freq: 6 }))), {
      maxLength: 8,
    }),
  }),
);

/**
 * What a reader must find: the documented normalisation. Empty text is an empty cell; XML's forbidden characters are
 * gone and line ends are line feeds; numbers are text that a double cannot hold, or of which Excel would show other digits.
 */
function expected(type: string, cell: Cell): unknown {
  if (cell === null || cell === '') return null;
  switch (type) {
    case 'date':
      return { time: `${cell}T00:00:00.000` };
    case 'datetime':
      return { time: cell };
    case 'duration':
      return { seconds: cell };
    case 'text':
    case 'url':
      return normalised(String(cell));
    case 'boolean':
      return cell;
    default:
      return numberOrText(cell as string | number, DECIMALS[type] as number);
  }
}

/** Digits after the decimal sign that the formats of these types show, of percentages as a fraction. */
const DECIMALS: Record<string, number> = { integer: 0, number: 2, currency: 2, percent: 3 };

function numberOrText(cell: string | number, decimals: number): unknown {
  const trimmed = String(cell).trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return normalised(String(cell));
  const [value, shown] = [Number(trimmed), Number(Number(trimmed).toPrecision(15))];
  return value.toFixed(decimals) === shown.toFixed(decimals) ? value : normalised(String(cell));
}

function normalised(cell: string): string | null {
  const kept = [...cell.replace(/\p{Surrogate}/gu, '\ufffd')].filter((character) => {
    const code = character.codePointAt(0) as number;
    return code >= 32 ? code !== 0xfffe && code !== 0xffff : [9, 10, 13].includes(code);
  });
  return kept.join('').replace(/\r\n?/g, '\n') || null;
}

/** openpyxl leaves `_x005F_` as it stands in the file; calamine does or does not, by its version. */
function decoded(cell: unknown): unknown {
  return typeof cell === 'string' ? cell.replace(/_x005F_(?=x[0-9a-f]{4}_)/gi, '_') : cell;
}

function sameCell(found: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'number' && typeof found === 'number') return found === wanted;
  return JSON.stringify(decoded(found)) === JSON.stringify(decoded(wanted));
}

it(`${TABLES} random tables come back equal from openpyxl and calamine`, { timeout: 120_000 }, async () => {
  const { seed } = fc.readConfigureGlobal();
  console.log(`QUIRE_SEED=${seed}`);
  const tables = fc.sample(table, TABLES);
  const folder = await mkdtemp(join(tmpdir(), 'quire-round-trip-'));
  try {
    const files: string[] = [];
    for (let from = 0; from < TABLES; from += PER_WORKBOOK) {
      const report = tables.slice(from, from + PER_WORKBOOK).map(({ types, rows }) => {
        return { columns: types.map((type, c) => ({ key: `c${c}`, type })), rows };
      });
      const file = join(folder, `${from}.xlsx`);
      await writeFile(file, (await render({ tables: report })).bytes);
      files.push(file);
    }
    const list = join(folder, 'files.txt');
    await writeFile(list, files.join('\n'));
    const script = 'test/renderers/xlsx/round-trip.py';
    const { stdout } = await promisify(execFile)(await readersPython(), [script, list], { maxBuffer: 2 ** 28 });
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(TABLES);
    for (const [i, line] of lines.entries()) {
      const read = JSON.parse(line) as Record<string, unknown[][]>;
      for (const [reader, rows] of Object.entries(read)) {
        compare(rows, tables[i] as never, `QUIRE_SEED=${seed}, table ${i}, ${reader}`);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function compare(found: unknown[][], { types, rows }: { types: string[]; rows: Cell[][] }, where: string): void {
  rows.forEach((row, r) => {
    row.forEach((cell, c) => {
      const wanted = expected(types[c] as string, cell);
      const actual = found[r]?.[c] ?? null;
      if (!sameCell(actual, wanted)) {
        expect.fail(`${where}: ${types[c]} ${JSON.stringify(cell)} at row ${r} came back as ${JSON.stringify(actual)}`);
      }
    });
  });
}
