import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvSplitter } from '../../../lambdas/datasets/csv/splitter.ts';

interface Case {
  readonly delimiter?: string;
  readonly quotes?: boolean;
  readonly maxLength?: number;
  readonly maxColumns?: number;
}

/** Splits a text that comes in pieces of so many characters. */
function split(text: string, piece = text.length, options: Case = {}): { records: string[][]; lines: number[] } {
  const splitter = new CsvSplitter({
    delimiter: ',',
    quotes: true,
    maxLength: 1000,
    maxColumns: 100,
    measure: 'the header',
    ...options,
  });
  const records: string[][] = [];
  const lines: number[] = [];
  const take = (batch: { records: string[][]; lines: number[] }) => {
    records.push(...batch.records);
    lines.push(...batch.lines);
  };
  for (let at = 0; at < text.length; at += Math.max(1, piece)) take(splitter.push(text.slice(at, at + piece)));
  take(splitter.end());
  return { records, lines };
}

const PIECES = [1, 2, 3, 7, 1000];

describe.each(PIECES)('CSV in pieces of %i characters', (piece) => {
  it.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CR LF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['all three', 'a,b\r1,2\r\n3,4\n'],
    ['none at the end', 'a,b\n1,2\n3,4'],
    ['empty lines', '\na,b\n\n1,2\r\n\r\n3,4\n\n\n'],
  ])('is cut at line ends: %s', (_, text) => {
    expect(split(text, piece).records).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('keeps delimiters, doubled quotes and line ends of quoted fields', () => {
    const text = 'a,b,c\n"1,2","say ""hi""","x\r\ny\nz\rw"\n"",,"""\n"\n';
    expect(split(text, piece).records.slice(1)).toEqual([
      ['1,2', 'say "hi"', 'x\r\ny\nz\rw'],
      ['', '', '"\n'],
    ]);
  });

  it('gives an empty field for nothing before, between and after delimiters', () => {
    expect(split('a,b,c\n,,\n"",,\n,"",', piece).records.slice(1)).toEqual([
      ['', '', ''],
      ['', '', ''],
      ['', '', ''],
    ]);
  });

  it('takes an empty line for an empty field where records have one field', () => {
    expect(split('a\n1\n\n"x\n"\n', piece).records).toEqual([['a'], ['1'], [''], ['x\n']]);
  });

  it('counts lines where fields run over several', () => {
    expect(split('a,b\n"1\n2\r\n3",x\r\n\n4,5\n"6\r7",8\n9,10', piece).lines).toEqual([1, 2, 6, 7, 9]);
  });

  it('keeps quotes that do not open a field', () => {
    const text = `a,b\n5" pipe,37°36'37.8"N\n x "y", "z"\n"q",r"\n`;
    expect(split(text, piece).records.slice(1)).toEqual([
      ['5" pipe', `37°36'37.8"N`],
      [' x "y"', ' "z"'],
      ['q', 'r"'],
    ]);
  });

  it('leaves quotes alone where they mean nothing', () => {
    expect(split('a,b\n5" pipe,"x\n', piece, { quotes: false }).records[1]).toEqual(['5" pipe', '"x']);
  });

  it.each([
    ['too few fields', '1,2,3\r\n4,5,6\r\n7,8\r\n', 'line 3 has 2 fields, the header has 3'],
    ['too many fields', 'a,b\n1,2,3\n', 'line 2 has 3 fields, the header has 2'],
    ['one field', 'a,b\n\n1\n', 'line 3 has 1 field, the header has 2'],
    ['a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', 'line 3: a quote opens and is never closed'],
    ['text after a closing quote', 'a,b\n1,"2"x\n', 'line 2: field 2 continues after its closing quote'],
    ['a quoted field cut by a blank before its quote', 'a,b\n1, "2,3"\n', 'line 2 has 3 fields, the header has 2'],
    ['a fault after a long field', 'a,b\n"1\n2\n3",4\n5\n', 'line 5 has 1 field, the header has 2'],
  ])('names the line of %s', (_, text, detail) => {
    expect(() => split(text, piece)).toThrow(detail);
  });

  it('ends where a line is longer than allowed, quoted or not', () => {
    const long = 'x'.repeat(50);
    expect(() => split(`a,b\n${long},1\n`, piece, { maxLength: 40 })).toThrow('line 2 is longer than 40 characters');
    expect(() => split(`a,b\n"${long}",1\n`, piece, { maxLength: 40 })).toThrow('line 2 is longer than 40');
    expect(() => split(`a,b\n1,2\n"3,4\n${'5,6\n'.repeat(30)}`, piece, { maxLength: 40 })).toThrow(
      'a quote in it is never closed',
    );
  });

  it('ends where there are more columns than allowed', () => {
    expect(() => split('a,b,c\n', piece, { maxColumns: 2 })).toThrow('line 1 has 3 fields; at most 2 are read');
  });
});

/** Text of the signs that matter, so that most of it breaks some rule. */
const hostile = fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', 'a', 'é', '😀', ' '), maxLength: 30 });

const field = fc.string({ unit: fc.constantFrom(',', ';', '"', '\n', '\r\n', 'a', 'é', '😀', ' '), maxLength: 8 });
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

function csvOf(rows: string[][], lineEnd: string, quoteAll: boolean): string {
  const quoted = (value: string) =>
    quoteAll || value === '' || /[",;\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => row.map(quoted).join(',') + lineEnd).join('');
}

/** What csv-parse makes of it by the same rules; `reference` where it has a rule of its own. */
function oracle(text: string): string[][] | undefined {
  const options = { record_delimiter: ['\r\n', '\n', '\r'], bom: false };
  try {
    const records: string[][] = parse(text, { ...options, relax_column_count: true });
    const width = records.find((record) => record.length > 1 || record[0] !== '')?.length ?? 1;
    return parse(text, { ...options, skip_empty_lines: width > 1 });
  } catch (cause) {
    // It refuses quotes inside a field that is not quoted.
    const isOwnRule = cause instanceof CsvError && cause.code === 'INVALID_OPENING_QUOTE';
    return isOwnRule ? reference(text) : undefined;
  }
}

/** The rules once more, character by character and without a thought of speed. */
function reference(text: string): string[][] | undefined {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  for (;;) {
    let value = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += text[at] === '"' ? 2 : 1) {
        if (at >= text.length) return undefined;
        value += text[at];
      }
      at += 1;
      if (at < text.length && !/[,\r\n]/.test(text.charAt(at))) return undefined;
    } else {
      for (; at < text.length && !/[,\r\n]/.test(text.charAt(at)); at += 1) value += text[at];
    }
    record.push(value);
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    records.push(record);
    record = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) break;
  }
  const width = records[0]?.length ?? 0;
  // An empty line is no record of several fields, but a quoted nothing is one.
  const whole = width === 1 ? records : records.filter((fields) => fields.length > 1 || fields[0] !== '');
  return whole.every((fields) => fields.length === width) ? whole : undefined;
}

describe('CSV', () => {
  it('comes back as it was written, however it is cut into pieces', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (rows, lineEnd, quoteAll, piece) => {
          expect(split(csvOf(rows, lineEnd, quoteAll), piece).records).toEqual(rows);
        },
      ),
    );
  });

  it('is read or refused as by csv-parse', () => {
    let [read, refused] = [0, 0];
    fc.assert(
      fc.property(
        hostile.map((text) => text.replace(/^[\r\n]+/, '')),
        fc.integer({ min: 1, max: 9 }),
        (text, piece) => {
          const expected = oracle(text);
          if (expected === undefined) {
            refused += 1;
            expect(() => split(text, piece)).toThrow(/^line \d+/);
          } else {
            read += 1;
            expect(split(text, piece).records).toEqual(expected);
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(Math.min(read, refused)).toBeGreaterThan(100);
  });
});
