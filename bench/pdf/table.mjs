/**
 * The PDF bench's table, row by row, the same in every language (see bench/peers): numbers, dates, and text in Latin,
 * Greek and Cyrillic letters, so that every contestant has to embed a font. All cells fit on one line.
 */
export const HEADER = ['Id', 'Customer', 'City', 'Date', 'Quantity', 'Amount'];

const NAMES = [
  'Müller',
  'Łukasiewicz',
  'Özdemir',
  'Иванова',
  'Παπαδόπουλος',
  'Nguyễn',
  'García',
  'O’Brien',
  'Søndergaard',
  'Smith',
];
const CITIES = ['São Paulo', 'Zürich', 'Київ', 'Αθήνα', 'Kraków', 'London', 'Reykjavík', 'New York'];

/** 2,000 days from 2020-01-01 on. */
const DATES = Array.from({ length: 2000 }, (_, day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10));

/** Cells as data, for those that format values themselves. */
export function row(i) {
  return [
    i + 1,
    `${NAMES[i % 10]} ${i + 1}`,
    CITIES[i % 8],
    DATES[(i * 7) % 2000],
    (i * 7919) % 1000,
    ((i * 104_729) % 1_000_000) / 100,
  ];
}

/** Cells as text, without the signs between thousands: peers are spared them. */
export function textRow(i) {
  return [
    String(i + 1),
    `${NAMES[i % 10]} ${i + 1}`,
    CITIES[i % 8],
    DATES[(i * 7) % 2000],
    String((i * 7919) % 1000),
    (((i * 104_729) % 1_000_000) / 100).toFixed(2),
  ];
}

export const TITLE = 'Orders';

/** Noto Sans, which everybody embeds. */
export const FONT = 'node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf';

/** The page of those that place text themselves: A4 in points from the upper left corner, rows of the same height. */
export const PAGE = {
  width: 595.28,
  height: 841.89,
  fontSize: 9,
  columns: [42, 95, 240, 340, 420, 490],
  right: 553,
  firstBaseline: 60,
  rowHeight: 15,
  rowsPerPage: 48,
  footer: 810,
};

/** Number of pages: who places text knows it ahead, and need not keep pages for "page x of y". */
export function pagesFor(rows) {
  return Math.max(1, Math.ceil(rows / PAGE.rowsPerPage));
}
