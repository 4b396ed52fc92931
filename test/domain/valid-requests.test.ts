import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import { Problem } from '../../lambdas/domain/problems.ts';

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const type = fc.constantFrom('text', 'integer', 'number', 'percent', 'boolean', 'date', 'datetime', 'duration', 'url');
const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 6 });

/** A table with columns of any keys, and rows of any scalars by position and by key. */
const table = keys.chain((names) =>
  fc.record({
    columns: fc.tuple(...names.map((key) => fc.record({ key: fc.constant(key), type }))),
    rows: fc.array(
      fc.oneof(
        fc.array(cell, { maxLength: names.length }),
        fc
          .uniqueArray(fc.constantFrom(...names))
          .chain((some) => fc.record(Object.fromEntries(some.map((k) => [k, cell])))),
      ),
      { maxLength: 5 },
    ),
  }),
);

const request = fc.record(
  {
    format: fc.constantFrom('xlsx', 'pdf'),
    title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }),
    tables: fc.array(table, { minLength: 1, maxLength: 3 }),
    fileName: fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }),
    reference: fc.string({ maxLength: 200 }),
    locale: fc.constantFrom('en-US', 'pt-BR', 'ar', 'zh-Hant-TW'),
    timeZone: fc.constantFrom('UTC', 'America/Sao_Paulo', 'Asia/Kathmandu'),
  },
  { requiredKeys: ['format', 'title', 'tables'] },
);
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** As it arrives: JSON knows neither a prototype nor minus zero. */
const sent = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

/** One thing that is wrong, and the pointer of its place. */
const SPOILED: Record<string, (json: Request) => [object, string]> = {
  format: (json) => [{ ...json, format: 'docx' }, '/format'],
  title: (json) => [{ ...json, title: 7 }, '/title'],
  stranger: (json) => [{ ...json, colour: 'red' }, '/colour'],
  'a cell': (json) => [{ ...json, tables: [...json.tables, { columns: [{ key: 'k' }], rows: [[{}]] }] }, cellIn(json)],
  'a key twice': (json) => {
    const columns = [...(json.tables[0]?.columns ?? []), json.tables[0]?.columns[0]];
    const place = `/tables/0/columns/${columns.length - 1}/key`;
    return [{ ...json, tables: [{ ...json.tables[0], columns }] }, place];
  },
};

function cellIn({ tables }: Request): string {
  return `/tables/${tables.length}/rows/0/0`;
}

describe('a request that is well-formed', () => {
  it('is accepted, and keeps every cell as it was sent', () => {
    fc.assert(
      fc.property(request, (json) => {
        const parsed = parseRequest(sent(json));
        expect(parsed.tables.map(({ rows }) => rows)).toEqual(sent(json.tables.map(({ rows }) => rows)));
        expect(parsed.title).toBe(json.title);
      }),
    );
  });

  it('and is validated again, as the worker’s copy could be, means the same', () => {
    fc.assert(
      fc.property(request, (json) => {
        const once = parseRequest(sent(json));
        expect(parseRequest(sent(once))).toEqual(sent(once));
      }),
    );
  });

  it('but for one thing is refused, and that thing is named', () => {
    fc.assert(
      fc.property(request, fc.constantFrom(...Object.keys(SPOILED)), (json, what) => {
        const [spoiled, pointer] = SPOILED[what]?.(json) ?? [{}, ''];
        const refusal = (() => {
          try {
            return parseRequest(sent(spoiled));
          } catch (error) {
            return error;
          }
        })();
        expect(refusal).toBeInstanceOf(Problem);
        expect((refusal as Problem).faults.map((fault) => fault.pointer)).toEqual([pointer]);
      }),
    );
  });
});
