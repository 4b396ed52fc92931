import { describe, expect, it } from 'vitest';
import { column, linesOf, POPPLER, render as renderPdf } from '../pdf/support.ts';
import { cellXml, renderColumn, warned } from '../xlsx/support.ts';

/** What a workbook stores of one cell: a number, or a text in quotes. */
async function stored(spec: Record<string, unknown>, cell: string | number): Promise<{ cell: string; told: number }> {
  const workbook = await renderColumn(spec, [cell]);
  const xml = [...cellXml(workbook).values()][0] ?? '';
  const [, value] = /<(?:v|t[^>]*)>([^<]*)</.exec(xml) ?? [];
  return { cell: xml.includes(' t="') ? `"${value}"` : `${value}`, told: warned(workbook).VALUE_KEPT_AS_TEXT ?? 0 };
}

describe('a number of which Excel would show other digits is a text in a workbook, and told', () => {
  it.each<[Record<string, unknown>, string | number]>([
    [{ type: 'integer' }, '1405202108700589'],
    [{ type: 'integer', format: '0' }, 4_444_444_444_444_444],
    [{ type: 'integer', format: 'General' }, 1_405_202_108_700_589],
    [{ type: 'number' }, 1_405_202_108_700_589],
    [{ type: 'number' }, '12345678901234.56'],
    [{ type: 'number' }, -12_345_678_901_234.56],
    [{ type: 'currency', currency: 'EUR' }, 12_345_678_901_234.56],
    [{ type: 'percent' }, 12_345_678_901_234.56],
    [{ type: 'number', format: '0.0000000000' }, '123456.1234567891'],
    [{ type: 'number' }, 123_456_789_012_345_680_000],
  ])('%o, %s', async (spec, cell) => {
    expect(await stored(spec, cell)).toEqual({ cell: `"${cell}"`, told: 1 });
  });
});

describe('a number that Excel shows right is one', () => {
  it.each<[Record<string, unknown>, string | number, number]>([
    [{ type: 'integer' }, '140520210870058', 140_520_210_870_058],
    [{ type: 'integer' }, 1_000_000_000_000_000_000, 1e18],
    [{ type: 'number' }, '1234567890123.45', 1_234_567_890_123.45],
    [{ type: 'number' }, 0.1 + 0.2, 0.1 + 0.2],
    [{ type: 'number' }, '51.50735112345679', 51.507_351_123_456_79],
    [{ type: 'number', format: '0.00E+00' }, 1_405_202_108_700_589, 1_405_202_108_700_589],
    [{ type: 'number', format: '#,##0.0,,,' }, 12_345_678_901_234.56, 12_345_678_901_234.56],
  ])('%o, %s', async (spec, cell, value) => {
    const { cell: xml, told } = await stored(spec, cell);
    expect([Number(xml), told]).toEqual([value, 0]);
  });
});

it.runIf(POPPLER)('a PDF shows all digits of a number, whatever its format', async () => {
  const lines = linesOf(
    await renderPdf({ tables: [column({ type: 'integer', format: '0' }, [1_405_202_108_700_589, 5])] }),
  );
  expect(lines).toEqual(expect.arrayContaining(['1,405,202,108,700,589', '5']));
});
