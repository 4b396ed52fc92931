/**
 * The bench's table, row by row, the same in every language (see bench/peers): integers, floats, dates with a style,
 * booleans, repeated and unique text, some of it not ASCII.
 */
export const HEADER = ['Id', 'Customer', 'Region', 'Product', 'Date', 'Paid', 'Quantity', 'Price', 'Ratio', 'Note'];

const REGIONS = ['North', 'South', 'São Paulo', 'Île-de-France', '東京', 'Bayern', 'Київ', 'West & Co <1>'];
const PRODUCTS = Array.from({ length: 20 }, (_, n) => `Product family ${n}`);

/** 2,000 days from 2020-01-01 on. */
export const DATES = Array.from({ length: 2000 }, (_, day) => new Date(Date.UTC(2020, 0, 1 + day)));

/** How the last column starts: the harness asks for other text where it tries what a writer makes of it. */
const NOTE = process.env.BENCH_NOTE ?? 'Naïve note № ';

/** @param dates what stands for a date: each library has its own idea */
export function rowMaker(dates) {
  return (i) => [
    i + 1,
    `Customer ${i + 1}`,
    REGIONS[i % 8],
    PRODUCTS[i % 20],
    dates[(i * 7) % 2000],
    i % 3 === 0,
    (i * 7919) % 1000,
    ((i * 104_729) % 1_000_000) / 100,
    i / 7,
    `${NOTE}${i} – ok`,
  ];
}
