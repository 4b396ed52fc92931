import { groupBy, readJson, sum } from './source.ts';

interface Film {
  readonly Title: string | number | null;
  readonly Distributor: string | null;
  readonly 'Release Date': string;
  readonly 'Production Budget': number | null;
  readonly 'US Gross': number | null;
  readonly 'Worldwide Gross': number | null;
  readonly 'IMDB Rating': number | null;
}

/** What 3,201 films cost and earned, and the same by distributor. */
export async function boxOffice() {
  const films = await readJson<Film>('movies.json');
  return {
    format: 'xlsx',
    title: 'Box office by film and distributor',
    fileName: 'box-office',
    tables: [filmTable(films), distributorTable(films)],
    layout: { freezeHeader: true, autoFilter: true, footer: 'Page {page} of {pages}' },
    reference: 'sample/box-office',
  };
}

function filmTable(films: readonly Film[]) {
  return {
    name: 'Films',
    columns: [
      { key: 'title', label: 'Title', type: 'text', width: 38 },
      { key: 'distributor', label: 'Distributor', type: 'text', width: 24 },
      { key: 'released', label: 'Released', type: 'date' },
      { key: 'budget', label: 'Budget', type: 'currency', currency: 'USD', total: 'sum' },
      { key: 'gross', label: 'Worldwide gross', type: 'currency', currency: 'USD', total: 'sum' },
      { key: 'return', label: 'Return', type: 'percent' },
      { key: 'rating', label: 'IMDb rating', type: 'number', total: 'average' },
      { key: 'profitable', label: 'Paid off', type: 'boolean' },
      { key: 'link', label: 'Look up', type: 'url', width: 30 },
    ],
    rows: films.map(filmRow),
  };
}

function filmRow(film: Film) {
  const title = String(film.Title ?? 'Untitled');
  const budget = film['Production Budget'];
  const gross = film['Worldwide Gross'];
  const known = budget !== null && budget > 0 && gross !== null;
  return {
    title,
    distributor: film.Distributor,
    released: isoDate(film['Release Date']),
    budget,
    gross,
    return: known ? gross / budget - 1 : null,
    rating: film['IMDB Rating'],
    profitable: known ? gross > budget : null,
    link: `https://www.imdb.com/find?q=${encodeURIComponent(title)}`,
  };
}

function distributorTable(films: readonly Film[]) {
  const groups = groupBy(films, (film) => film.Distributor ?? 'Unknown');
  const rows = [...groups].map(([distributor, its]) => ({
    distributor,
    films: its.length,
    budget: sum(its.map((film) => film['Production Budget'])),
    domestic: sum(its.map((film) => film['US Gross'])),
    gross: sum(its.map((film) => film['Worldwide Gross'])),
  }));
  return {
    name: 'Distributors',
    columns: [
      { key: 'distributor', label: 'Distributor', type: 'text', width: 30 },
      { key: 'films', label: 'Films', type: 'integer', total: 'sum' },
      { key: 'budget', label: 'Budget', type: 'currency', currency: 'USD', total: 'sum' },
      { key: 'domestic', label: 'US gross', type: 'currency', currency: 'USD', total: 'sum' },
      { key: 'gross', label: 'Worldwide gross', type: 'currency', currency: 'USD', total: 'sum' },
    ],
    rows: rows.sort((a, b) => b.gross - a.gross),
  };
}

/** "Jun 12 1998" → "1998-06-12" */
function isoDate(text: string): string {
  return new Date(`${text} UTC`).toISOString().slice(0, 10);
}
