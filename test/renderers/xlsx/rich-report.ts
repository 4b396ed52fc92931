import type { Cell } from '../../../lambdas/domain/cells.ts';
import type { TestReport } from './support.ts';

/** A small logo: a PNG of 8 × 8 pixels. */
const LOGO = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGOQL9+CFTEMLQkAF2hSgXL+4LMAAAAASUVORK5CYII=';

const REGIONS = ['North', 'South', 'São Paulo', '東京', 'West & Co <1>'];

/** Everything at once: all column types, totals, groups, conditional formats, logo, several sheets. */
export const RICH_REPORT: TestReport = {
  title: 'Sales by region',
  subtitle: 'Third quarter 2026',
  locale: 'pt-BR',
  timeZone: 'America/Sao_Paulo',
  layout: {
    page: 'A4',
    header: '{title} & more',
    footer: 'Page {page} of {pages}, {date}',
    logo: { contentType: 'image/png', base64: LOGO },
  },
  tables: [
    {
      name: 'Orders',
      groupBy: 'region',
      columns: [
        { key: 'region', label: 'Region' },
        { key: 'id', label: 'Order', type: 'integer' },
        {
          key: 'amount',
          label: 'Amount',
          type: 'currency',
          currency: 'BRL',
          total: 'sum',
          conditionalFormats: [{ type: 'dataBar' }],
        },
        {
          key: 'margin',
          label: 'Margin',
          type: 'percent',
          total: 'average',
          conditionalFormats: [{ type: 'colorScale' }],
        },
        { key: 'score', label: 'Score', type: 'number', total: 'max', conditionalFormats: [{ type: 'iconSet' }] },
        { key: 'paid', label: 'Paid', type: 'boolean', total: 'count' },
        { key: 'day', label: 'Day', type: 'date', total: 'min' },
        { key: 'at', label: 'Shipped at', type: 'datetime' },
        { key: 'took', label: 'Time to ship', type: 'duration', total: 'average' },
        { key: 'link', label: 'Invoice', type: 'url' },
        {
          key: 'note',
          label: 'Note',
          wrap: true,
          width: 30,
          conditionalFormats: [{ type: 'highlight', operator: 'equal', value: 'say "late"', style: 'bad' }],
        },
      ],
      rows: Array.from({ length: 40 }, (_, i) => richRow(i)),
    },
    { name: 'Empty', columns: [{ key: 'a', label: 'Nothing' }], rows: [] },
    {
      name: "O'Hara: plans",
      columns: [{ key: 'what' }, { key: 'when', type: 'date', format: 'dd mmm yyyy' }],
      rows: [
        ['=1+1', '2026-01-31'],
        ['_x0041_', '1899-01-01'],
      ],
    },
  ],
};

function richRow(i: number): Cell[] {
  const day = `2026-0${1 + (i % 9)}-1${i % 10}`;
  return [
    REGIONS[Math.floor(i / 8)] as string,
    1000 + i,
    ((i * 7919) % 10_000) / 100,
    (i % 20) / 40,
    i / 7,
    i % 3 === 0,
    day,
    `${day}T12:3${i % 10}:30Z`,
    `PT${i}H${i}M`,
    `https://example.org/invoices?id=${i}&x=<${i}>`,
    i % 5 === 0 ? 'say "late"' : `Line one ${i}\nline two  — ünïcode 😀`,
  ];
}
