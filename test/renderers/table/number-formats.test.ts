import { describe, expect, it } from 'vitest';
import { column, linesOf, POPPLER, render as renderPdf } from '../pdf/support.ts';
import { parts, render as renderXlsx, warned } from '../xlsx/support.ts';

/** One request in both engines: what it is warned of, the format that the workbook stores, the text of the pages. */
async function both(spec: Record<string, unknown>, cells: (string | number)[], report: Record<string, unknown> = {}) {
  const request = { ...report, tables: [column(spec, cells)] };
  const [pdf, xlsx] = [await renderPdf(request), await renderXlsx(request)];
  const styles = parts(xlsx.bytes).get('xl/styles.xml') ?? '';
  const codes = [...styles.matchAll(/formatCode="([^"]*)"/g)].map(([, code]) =>
    code?.replaceAll('&quot;', '"').replaceAll('&gt;', '>'),
  );
  return { warnings: [warned(pdf), warned(xlsx)], codes, lines: POPPLER ? linesOf(pdf) : [] };
}

describe.runIf(POPPLER)('a number format is applied in both files', () => {
  it.each<[Record<string, unknown>, string | number, string]>([
    [{ type: 'date', format: 'dd.mm.yyyy' }, '2026-03-05', '05.03.2026'],
    [{ type: 'datetime', format: 'hh:mm:ss.000' }, '2026-03-05T02:53:09.123', '02:53:09.123'],
    [{ type: 'number', format: '0.000E+00' }, 1.5e-7, '1.500E-07'],
    [{ type: 'number', format: '[>=1000]#,##0,"K";0' }, 500, '500'],
    [{ type: 'number', format: 'General" kg"' }, 12.5, '12.5 kg'],
    [{ type: 'number', format: '# ??/16' }, 2.25, '2 4/16'],
    [{ type: 'duration', format: 'd "d" hh:mm' }, 88_860, '1 d 00:41'],
    [{ type: 'currency', currency: 'USD', format: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)' }, 0, '$-'],
    [{ type: 'text', format: '@" kg"' }, 'many', 'many kg'],
    [{ type: 'number', format: '0.00;-0.00;;"("@")"' }, 'n/a', '(n/a)'],
  ])('%o shows %s as %s', async (spec, cell, text) => {
    const { warnings, codes, lines } = await both(spec, [cell]);
    expect(warnings.map((codesOf) => codesOf.FORMAT_IGNORED)).toEqual([undefined, undefined]);
    expect(codes).toContain(spec.format);
    expect(lines.map((line) => line.replaceAll('\u00a0', ' ').trim())).toContain(text);
  });

  it('is that of the total as well', async () => {
    const { lines } = await both({ type: 'number', format: '0.0" kg"', total: 'sum' }, [1.25, 2]);
    expect(lines.filter((line) => line.endsWith('kg'))).toEqual(['1.3 kg', '2.0 kg', '3.3 kg']);
  });
});

it.each([
  [{ type: 'number', format: 'foo' }],
  [{ type: 'date', format: 'yyyy-mm-ddThh' }],
  [{ type: 'datetime', format: 'ggge' }],
  [{ type: 'number', format: '[DBNum1]0' }],
])('%o, which cannot be shown, is told and left out in both files', async (spec) => {
  const { warnings, codes } = await both(spec, [1]);
  expect(warnings.map((codesOf) => codesOf.FORMAT_IGNORED)).toEqual([1, 1]);
  expect(codes).not.toContain(spec.format);
});

it.each(['mm-dd-yy', 'mmss.0', '#,##0 ;(#,##0)'])(
  '%s, which Excel shows by the settings of its reader, is stored as its own',
  async (format) => {
    const { codes } = await both({ type: 'number', format }, [1]);
    const plain = (code: string | undefined) => code?.replaceAll('\\', '').replace(/;@$/, '');
    expect(codes.map(plain)).toContain(format);
  },
);
