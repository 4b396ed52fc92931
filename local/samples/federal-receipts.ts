import { groupBy, readJson } from './source.ts';

/** A receipt account; the members named after years hold thousands of dollars as text with commas. */
type Account = Readonly<Record<string, string | number>>;

const YEARS = ['2009', '2010', '2011', '2012', '2013', '2014', '2015'] as const;

/** What the United States took in from 2009 to 2015, by source and agency, in dollars. */
export async function federalReceipts() {
  const accounts = await readJson<Account>('budget.json');
  const taxes = accounts.filter((account) => YEARS.some((year) => dollars(account, year) !== 0));
  return {
    format: 'pdf',
    title: 'Federal receipts by source, fiscal years 2009–2015',
    subtitle: 'Negative amounts are refunds',
    fileName: 'federal-receipts',
    tables: [...groupBy(taxes, (account) => String(account['Source category name']))].map(([name, its]) => ({
      name,
      columns: [
        { key: 'account', label: 'Account', type: 'text', width: 34 },
        ...YEARS.map((year) => ({
          key: year,
          label: year,
          type: 'currency',
          currency: 'USD',
          format: '#,##0',
          total: 'sum',
        })),
      ],
      rows: its.map((account) => ({
        account: String(account['Account name']),
        ...Object.fromEntries(YEARS.map((year) => [year, dollars(account, year)])),
      })),
    })),
    layout: {
      page: 'A4',
      orientation: 'landscape',
      header: '{title}',
      footer: 'Page {page} of {pages}',
      banding: true,
    },
    reference: 'sample/federal-receipts',
  };
}

function dollars(account: Account, year: string): number {
  return Number(String(account[year] ?? 0).replaceAll(',', '')) * 1000;
}
