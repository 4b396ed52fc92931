import { LIMITS } from '../../lambdas/domain/limits.ts';
import { anyColumn, columns, filling, type Json, type Kind, report } from './report.ts';
import { nastyName, repeated } from './texts.ts';

/** The smallest of each kind of image there is. */
const LOGOS = [
  // A header of 30,000 × 30,000 pixels and nothing else.
  'iVBORw0KGgoAAAANSUhEUgAAdTAAAHUwAQAAAABHwnbVAAAAC0lEQVR42mNgAQAAAAIAAfEkvvIAAAAASUVORK5CYII=',
  // 200 × 80 pixels, cut off.
  'iVBORw0KGgoAAAANSUhEUgAAAMgAAABQCAIAAADTD63nAAAA+0lEQVR4nO3UMQ2AQAAEQUDIK0EH+qhRgiws0Gw+kBkFV2xuvcdYeOdYrtkTPmObPYB/EhYJYZEQFglhkRAWCWGREBYJYZEQFglhkRAWCWGREBYJYZEQFglhkRAWCWGREBYJYZEQFglhkRAWCWGREBYJYZEQFg==',
  // One pixel.
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
];

/** One long text of the worst sort, in a page that is as narrow as can be. */
export const narrow: Kind = (dice) =>
  report(dice, {
    format: 'pdf',
    layout: { page: 'A5', margins: { left: 200, right: 200, top: 200, bottom: 200 }, tagged: dice.chance(0.5) },
    columns: columns(dice.whole(1, 40), () => ({ width: dice.pick([1, 1, 30, 255]), wrap: dice.chance(0.8) })),
    rows: filling(() => [repeated(dice, dice.pick([1000, 20_000, LIMITS.cellLength]))], dice.pick([1e5, 1e6])),
  });

export const manyTables: Kind = (dice) => {
  const count = dice.pick([2, 20, 50]);
  const wide = dice.chance(0.5) ? Math.floor(LIMITS.columnsInAll / count) : dice.whole(1, 30);
  const table = () => ({
    name: nastyName(dice, 40),
    columns: columns(Math.min(wide, 500), () => anyColumn(dice)),
    rows: [['1'], [2], [true]],
  });
  return report(dice, { layout: { excelTable: dice.chance(0.5) }, tables: dice.some(count, table) });
};

/** Labels are set again on each page. */
export const longLabels: Kind = (dice) => {
  const count = dice.pick([1, 12, 60, 500]);
  return report(dice, {
    title: nastyName(dice, LIMITS.titleLength),
    subtitle: nastyName(dice, LIMITS.titleLength),
    fileName: nastyName(dice, LIMITS.titleLength),
    layout: { header: nastyName(dice, 500), footer: nastyName(dice, 500), repeatColumns: dice.whole(0, 10) },
    columns: columns(count, () => ({ ...anyColumn(dice), label: nastyName(dice, LIMITS.labelLength) })),
    rows: filling((i) => Array(Math.min(count, 20)).fill(`${i}`), dice.pick([1e5, 1e6])),
  });
};

/** A page for each few rows. */
export const manyPages: Kind = (dice) =>
  report(dice, {
    format: 'pdf',
    layout: {
      page: 'A5',
      orientation: 'landscape',
      margins: { top: 200, bottom: 200 },
      header: dice.pick(['{page}\t{title}\t{pages}', '']),
      tagged: dice.chance(0.5),
      pdfA: dice.chance(0.5),
    },
    columns: columns(dice.pick([1, 3, 30]), () => ({ width: dice.pick([4, 60]) })),
    rows: filling((i) => [`a\nb\nc${i}`], dice.pick([5e5, 3e6])),
  });

/** Logos that are none, or more than they say. */
export const logos: Kind = (dice) => {
  const bytes = Buffer.from(dice.pick(LOGOS), 'base64');
  for (let i = dice.whole(0, 6); i > 0; i -= 1) bytes[dice.whole(0, bytes.length - 1)] = dice.whole(0, 255);
  const cut = dice.chance(0.5) ? bytes : bytes.subarray(0, dice.whole(0, bytes.length));
  const contentType = dice.pick(['image/png', 'image/png', 'image/jpeg']);
  return report(dice, {
    layout: { logo: { contentType, base64: cut.toString('base64') }, pdfA: dice.chance(0.3) },
    columns: [{ key: 'a' }],
    rows: [['x']],
  });
};

export const locales: Kind = (dice) => {
  const subtag = () => dice.some(dice.whole(5, 8), () => dice.pick([...'abcdefgh'])).join('');
  const extension = dice.pick([
    '-u-nu-arab',
    '-u-ca-islamic',
    '-u-nu-hanidec',
    '-u-nu-mathsans',
    '-u-ca-japanese-nu-deva',
    '-x-a',
    '-u-hc-h11',
  ]);
  const locale = `${dice.pick(['en', 'ar', 'fa', 'zh', 'xx', 'und', 'mr', 'tlh'])}${dice.chance(0.5) ? extension : `-${subtag()}-${subtag()}`}`;
  return report(dice, {
    locale: locale.slice(0, LIMITS.localeLength),
    columns: columns(dice.pick([60, 500]), () => ({
      type: dice.pick(['currency', 'datetime', 'percent']),
      currency: dice.pick(['EUR', 'BTC', 'ZZZ']),
      total: 'max',
    })),
    rows: filling(() => [1.5, 2, '2026-01-01'], 2e5),
  });
};

/** Shapes that no request has. */
export const shapes: Kind = (dice) => {
  const many = dice.pick([1000, 300_000]);
  const members = (count: number) => Object.fromEntries(dice.some(count, (i) => [`m${i}`, 1]));
  const made: (() => Json | string)[] = [
    () => ({ ...report(dice, { columns: [{ key: 'a' }], rows: [] }), ...members(many) }),
    () => report(dice, { layout: members(many), columns: [{ key: 'a' }], rows: [] }),
    () => report(dice, { columns: [{ key: 'a' }], rows: [Array(many).fill({})] }),
    () => report(dice, { columns: [{ key: 'a' }], rows: [members(many)] }),
    () => report(dice, { columns: [{ key: 'k'.repeat(1e6) }], rows: [{ ['z'.repeat(1e6)]: 1 }] }),
    () =>
      report(dice, {
        columns: [{ key: '__proto__' }, { key: 'constructor' }],
        rows: [['a', 'b']],
        groupBy: '__proto__',
      }),
    () => report(dice, { columns: dice.some(2e5, () => ({ key: 'a' })), rows: [] }),
    () => report(dice, { tables: dice.some(1e6, () => 1) }),
    () => `${'[1,'.repeat(many)}`,
    () => `{"a":${'{"a":'.repeat(many)}1${'}'.repeat(many)}}`,
    () => `{"format":"pdf","title":"T","columns":[{"key":"a","type":"number"}],"rows":[${'[1e999],'.repeat(1000)}[1]]}`,
    () => `{"format":"pdf","title":"T","columns":[{"key":"a"}],"rows":[${'[123456789012345678901],'.repeat(1e5)}[1]]}`,
    () => `{"format":"xlsx","title":"T","columns":[{"key":"a","type":"number"}],"rows":[[${'1'.repeat(1e6)}]]}`,
    () => `{"format":"xlsx","title":"T","columns":[{"key":"a","type":"number"}],"rows":[[1e-${'9'.repeat(1e6)}]]}`,
    () => '\ufeff'.repeat(1000),
    () => report(dice, { reference: '\ud800', columns: [{ key: 'a' }], rows: [] }),
    () =>
      report(dice, {
        timeZone: 'A/'.repeat(2e5),
        locale: `en-x${'-abcdefgh'.repeat(2e5)}`,
        columns: [{ key: 'a' }],
        rows: [],
      }),
  ];
  return dice.pick(made)();
};

/** Columns that are wider than any page, again in every panel. */
export const widePanels: Kind = (dice) =>
  report(dice, {
    format: 'pdf',
    layout: { repeatColumns: dice.whole(0, 10), tagged: dice.chance(0.5), page: dice.pick(['A5', 'A3']) },
    columns: columns(dice.pick([20, 100, 500]), () => ({
      width: dice.pick([1, 20, 255]),
      ...(dice.chance(0.3) && { type: 'number', total: 'sum' }),
    })),
    rows: filling((i) => Array(dice.pick([1, 20])).fill(`word ${i}`), dice.pick([5e4, 5e5])),
  });

/** A row that goes on over many pages, in many columns. */
export const tallRows: Kind = (dice) => {
  const count = dice.pick([2, 8, 60]);
  return report(dice, {
    format: 'pdf',
    columns: columns(count, () => ({ wrap: true })),
    rows: filling(() => dice.some(count, () => repeated(dice, dice.pick([100, 5000, 60_000]))), dice.pick([3e5, 2e6])),
  });
};
