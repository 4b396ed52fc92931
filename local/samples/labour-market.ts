import { groupBy, readJson, sum } from './source.ts';

interface Month {
  /** Industry. */
  readonly series: string;
  readonly year: number;
  readonly month: number;
  /** Unemployed people, in thousands. */
  readonly count: number;
  /** Of the industry's labour force, in percent. */
  readonly rate: number;
}

/** Unemployment in the United States, 2000 to 2010: a year-by-year overview, then every month of every industry. */
export async function labourMarket() {
  const months = await readJson<Month>('unemployment-across-industries.json');
  return {
    format: 'pdf',
    title: 'Unemployment by industry, United States 2000–2010',
    fileName: 'unemployment-by-industry',
    tables: [overview(months), detail(months)],
    layout: {
      page: 'A4',
      header: 'Unemployment by industry',
      footer: 'Page {page} of {pages}',
      banding: true,
    },
    reference: 'sample/labour-market',
  };
}

function overview(months: readonly Month[]) {
  const rows = [...groupBy(months, (month) => month.series)].map(([industry, its]) => {
    const worst = its.reduce((a, b) => (b.rate > a.rate ? b : a));
    return {
      industry,
      average: sum(its.map((month) => month.rate)) / its.length / 100,
      worst: worst.rate / 100,
      when: dateOf(worst),
      people: worst.count * 1000,
    };
  });
  return {
    name: 'Overview',
    columns: [
      { key: 'industry', label: 'Industry', type: 'text' },
      { key: 'average', label: 'Average rate', type: 'percent', total: 'average' },
      { key: 'worst', label: 'Highest rate', type: 'percent', total: 'max' },
      { key: 'when', label: 'In the month of', type: 'date' },
      { key: 'people', label: 'Unemployed then', type: 'integer' },
    ],
    rows: rows.sort((a, b) => b.average - a.average),
  };
}

function detail(months: readonly Month[]) {
  return {
    name: 'Month by month',
    columns: [
      { key: 'industry', label: 'Industry', type: 'text' },
      { key: 'month', label: 'Month', type: 'date' },
      { key: 'people', label: 'Unemployed', type: 'integer' },
      { key: 'rate', label: 'Rate', type: 'percent' },
      { key: 'high', label: 'Above 10 %', type: 'boolean' },
    ],
    rows: months.map((month) => ({
      industry: month.series,
      month: dateOf(month),
      people: month.count * 1000,
      rate: month.rate / 100,
      high: month.rate > 10,
    })),
  };
}

function dateOf({ year, month }: Month): string {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}
