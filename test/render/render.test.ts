import { describe, expect, it } from 'vitest';
import { RenderFault, renderPdf, renderXlsx } from '../../render/index.ts';

const columns = [{ key: 'region' }, { key: 'total', type: 'integer' }] as const;
const createdAt = new Date('2026-11-27T10:00:00Z');

const bytesOf = async (body: ReadableStream<Uint8Array>) => Buffer.from(await new Response(body).arrayBuffer());

async function* batches() {
  yield [['North', 1], { region: 'South', total: 2 }] as const;
  yield [['West', 3]] as const;
}

describe('the engines alone', () => {
  it('write a workbook of rows at hand, and the same one of rows that come in batches', async () => {
    const rows = [['North', 1], { region: 'South', total: 2 }, ['West', 3]] as const;
    const whole = renderXlsx({ title: 'Sales', columns, rows }, { createdAt });
    const bytes = await bytesOf(whole.body);
    expect(await whole.facts).toMatchObject({ rows: 3, sheets: 1, warnings: [] });
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    const streamed = renderXlsx({ title: 'Sales', columns, rows: batches() }, { createdAt });
    expect((await bytesOf(streamed.body)).equals(bytes)).toBe(true);
  });

  it('write several tables into a PDF', async () => {
    const tables = [
      { name: 'One', columns, rows: batches() },
      { name: 'Two', columns, rows: [] },
    ];
    const { body, facts } = renderPdf({ title: 'Sales', tables });
    expect((await bytesOf(body)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await facts).toMatchObject({ rows: 3, pages: expect.any(Number) });
  });

  it.each([
    [
      'a cell that is none',
      {
        title: 'A',
        columns,
        rows: [
          ['North', 1],
          ['South', { a: 1 }],
        ],
      },
      '/rows/1/1',
    ],
    ['a key that is none', { title: 'A', columns, rows: [{ colour: 'red' }] }, '/rows/0/colour'],
    ['a title that is none', { title: '', columns, rows: [] }, '/title'],
  ])('refuse %s by its place', async (_, report, place) => {
    const { body, facts } = renderXlsx(report as unknown as Parameters<typeof renderXlsx>[0]);
    await expect(bytesOf(body)).rejects.toThrow(place);
    await expect(facts).rejects.toBeInstanceOf(RenderFault);
  });

  it('stop when they are told to', async () => {
    const controller = new AbortController();
    async function* endless() {
      for (;;) {
        yield [['North', 1]] as const;
        controller.abort(new Error('enough'));
      }
    }
    const { body } = renderXlsx({ title: 'A', columns, rows: endless() }, { signal: controller.signal });
    await expect(bytesOf(body)).rejects.toThrow('enough');
  });
});
