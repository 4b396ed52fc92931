import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { requestSchema } from '../../lambdas/domain/request.ts';
import { defineReport } from '../../lambdas/reports/define-report.ts';
import { REPORTS } from '../../lambdas/reports/index.ts';

describe('every report that is defined in code', () => {
  it('has a name of its own', () => {
    expect(new Set(REPORTS.map(({ name }) => name)).size).toBe(REPORTS.length);
  });

  it.each(REPORTS.map((report) => [report.name, report] as const))(
    '%s has columns that a request could have',
    (_, report) => {
      const { success, error } = requestSchema.safeParse({
        format: 'xlsx',
        title: report.title,
        tables: [{ columns: report.columns, rows: [] }],
      });
      expect(error?.issues ?? []).toEqual([]);
      expect(success).toBe(true);
    },
  );

  it.each(REPORTS.map((report) => [report.name, report] as const))(
    '%s names every parameter for its reader',
    (_, { params }) => {
      const titles = Object.entries(params.shape).map(([name, schema]) => [name, (schema as z.ZodType).meta()?.title]);
      expect(titles.filter(([, title]) => title === undefined)).toEqual([]);
      // Otherwise a parameter that is misspelt is taken for one that was left out.
      expect(params.safeParse({ 'no such parameter': 1 }).success).toBe(false);
    },
  );
});

describe('a definition that is wrong', () => {
  const fine = {
    name: 'fine',
    title: 'Fine',
    params: z.strictObject({}),
    columns: [{ key: 'a' }, { key: 'b', type: 'integer' }],
    sources: { tables: ['t'] },
    async *rows() {
      yield { a: 'x', b: 1 };
    },
  } as const;

  it('is not taken: a name, columns or a version that no request could use', () => {
    expect(() => defineReport({ ...fine, name: 'Not Fine' })).toThrow('no name of a report');
    expect(() => defineReport({ ...fine, columns: [{ key: 'a' }, { key: 'a' }] })).toThrow('two columns of one key');
    expect(() => defineReport({ ...fine, columns: [], rows: async function* () {} })).toThrow('has no columns');
    expect(() => defineReport({ ...fine, version: 0 })).toThrow('no count');
  });

  it('does not compile: a row without a cell, a misspelt column, a source that is not named, a type that is none', () => {
    const wrong = [
      () =>
        defineReport({
          ...fine,
          // @ts-expect-error a row lacks the cell of "b"
          async *rows() {
            yield { a: 'x' };
          },
        }),
      () =>
        defineReport({
          ...fine,
          // @ts-expect-error an object is no cell
          async *rows() {
            yield { a: 'x', b: { formula: '1' } };
          },
        }),
      () =>
        defineReport({
          ...fine,
          async *rows(_, context) {
            // @ts-expect-error the definition does not name this table
            for await (const { a } of context.table('other').scan()) yield { a: String(a), b: 1 };
          },
        }),
      () =>
        defineReport({
          ...fine,
          // @ts-expect-error there is no such type of a column
          columns: [{ key: 'a', type: 'money' }, { key: 'b' }],
        }),
      () =>
        defineReport({
          ...fine,
          // @ts-expect-error there is no such parameter
          async *rows({ day }) {
            yield { a: day, b: 1 };
          },
        }),
    ];
    expect(wrong).toHaveLength(5);
  });
});
