import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import { Problem } from '../../lambdas/domain/problems.ts';
import { requestSchema } from '../../lambdas/domain/request.ts';

const single = { format: 'xlsx', title: 'Sales', columns: [{ key: 'a' }], rows: [{ a: 1 }] };

function refusal(json: unknown): Problem {
  try {
    parseRequest(json);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was accepted');
}

function pointers(json: unknown): string[] {
  return refusal(json).faults.map((fault) => fault.pointer);
}

describe('a request', () => {
  it('gets its defaults', () => {
    expect(parseRequest(single)).toMatchObject({ locale: 'en-US', timeZone: 'UTC', layout: {} });
    expect(parseRequest(single).tables[0]?.columns?.[0]).toEqual({ key: 'a', type: 'text' });
  });

  it('of one table means the same with and without `tables`', () => {
    const { columns, rows, ...rest } = single;
    expect(parseRequest(single)).toEqual(parseRequest({ ...rest, tables: [{ columns, rows }] }));
  });

  it('may give rows by position', () => {
    expect(parseRequest({ ...single, rows: [[1], [null], ['x'], []] }).tables[0]?.rows).toHaveLength(4);
  });

  it.each<[string, unknown, string]>([
    ['no format', { ...single, format: undefined }, '/format'],
    ['an unknown format', { ...single, format: 'docx' }, '/format'],
    ['an unknown property', { ...single, colour: 'red' }, '/colour'],
    ['an unknown property in a column', { ...single, columns: [{ key: 'a', colour: 1 }] }, '/columns/0/colour'],
    ['an empty title', { ...single, title: '' }, '/title'],
    ['a title of 201 characters', { ...single, title: 'x'.repeat(201) }, '/title'],
    ['no columns', { ...single, columns: [] }, '/columns'],
    ['two columns of one key', { ...single, columns: [{ key: 'a' }, { key: 'a' }] }, '/columns/1/key'],
    ['a cell of an unknown column', { ...single, rows: [{ a: 1, b: 2 }] }, '/rows/0/b'],
    ['a row that is too long', { ...single, rows: [[1, 2]] }, '/rows/0'],
    ['a row that is a number', { ...single, rows: [[1], 7] }, '/rows/1'],
    ['an object in a cell', { ...single, rows: [[1], [{ formula: '1+1' }]] }, '/rows/1/0'],
    ['a list in a cell', { ...single, rows: [{ a: [1] }] }, '/rows/0/a'],
    [
      'a number beyond a double',
      JSON.parse('{"format":"pdf","title":"t","columns":[{"key":"a"}],"rows":[[1e999]]}'),
      '/rows/0/0',
    ],
    ['an unknown time zone', { ...single, timeZone: 'Mars/Olympus' }, '/timeZone'],
    ['an unknown locale', { ...single, locale: 'not a locale' }, '/locale'],
    [
      'a currency that is none',
      { ...single, columns: [{ key: 'a', type: 'currency', currency: 'euro' }] },
      '/columns/0/currency',
    ],
    ['tables beside columns', { ...single, tables: [] }, '/tables'],
    ['a group by a stranger', { ...single, groupBy: 'b' }, '/groupBy'],
    ['a key with a slash and a tilde', { ...single, rows: [{ 'x/y~z': 1 }] }, '/rows/0/x~1y~0z'],
    ['a list', [], ''],
    ['null', null, ''],
    ['a string', 'report', ''],
  ])('with %s is refused, and the place is named', (_, json, pointer) => {
    expect(refusal(json).code).toBe('INVALID_REQUEST');
    expect(pointers(json)).toContain(pointer);
  });

  it('with a thousand wrong cells names the first twenty', () => {
    expect(pointers({ ...single, rows: Array.from({ length: 1000 }, () => [{}]) })).toHaveLength(20);
  });

  it('nested ten thousand deep is refused and not followed', () => {
    const deep = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
    expect(pointers({ ...single, rows: [[deep]] })).toEqual(['/rows/0/0']);
    expect(refusal({ ...single, layout: deep }).code).toBe('INVALID_REQUEST');
  });

  it('is described as JSON Schema, rows and cells included', () => {
    const { properties } = z.toJSONSchema(requestSchema, { io: 'input' });
    const table = JSON.stringify(properties?.tables);
    expect(table).toContain('"rows":{"description":"A row is an object by column key, or an array by position."');
    expect(table).toContain('"additionalProperties":{"type":["string","number","boolean","null"]}');
  });

  it('keeps columns that are named like parts of an object', () => {
    const json = JSON.parse(
      '{"format":"xlsx","title":"t","columns":[{"key":"__proto__"},{"key":"constructor"}],"rows":[{"__proto__":"p","constructor":"c"}]}',
    );
    const row = parseRequest(json).tables[0]?.rows?.[0];
    expect(Object.entries(row as object)).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
  });

  it('is accepted or refused, and never anything else', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('title', 'columns', 'rows', 'tables', 'layout', 'locale'),
        (json, key) => {
          for (const candidate of [json, { ...single, [key]: json }]) {
            try {
              parseRequest(candidate);
            } catch (error) {
              expect(error).toBeInstanceOf(Problem);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
