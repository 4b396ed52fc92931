import { LIMITS } from '../../lambdas/domain/limits.ts';
import { COLUMN_TYPES } from '../../lambdas/domain/request.ts';
import { anyColumn, columns, FORMATS, FRAME_BYTES, filling, type Json, type Kind, report, TOTALS } from './report.ts';
import { nasty, nastyName, nearly } from './texts.ts';

/** Few cells, each as long as a cell may be. */
export const longCells: Kind = (dice) => {
  const specs = columns(dice.whole(1, 4), () => anyColumn(dice));
  const length = dice.pick([LIMITS.cellLength, LIMITS.cellLength, 20_000, 3000]);
  return report(dice, {
    columns: specs,
    rows: filling(() => specs.map(() => nasty(dice, length)), dice.pick([200_000, 1e6, 4e6])),
  });
};

export const nearlyValues: Kind = (dice) => {
  const specs = columns(dice.whole(1, 3), () => ({ ...anyColumn(dice), type: dice.pick(COLUMN_TYPES.slice(1)) }));
  const length = dice.pick([40, 400, LIMITS.cellLength - 100]);
  return report(dice, { columns: specs, rows: filling(() => specs.map(() => nearly(dice, length))) });
};

/** Rows without a cell, in as many columns as there may be. */
export const emptyRows: Kind = (dice) => {
  const format = dice.pick(FORMATS);
  const count = format === 'pdf' ? dice.pick([2, 40, 500]) : dice.pick([4, 300, 2000, 16_384]);
  const rows = Math.min(
    Math.floor(LIMITS.cells / count),
    Math.floor((LIMITS.bodyBytes - 40 * count - FRAME_BYTES) / 3),
  );
  return report(dice, {
    format,
    columns: columns(count, () =>
      dice.chance(0.2) ? { type: dice.pick(COLUMN_TYPES), total: 'count', currency: 'EUR' } : {},
    ),
    rows: Array(rows).fill([]),
  });
};

/** As many short cells as go into the body. */
export const shortCells: Kind = (dice) => {
  const specs = columns(dice.pick([1, 5, 50, 400]), () => anyColumn(dice));
  const cell = dice.pick([
    () => 1,
    () => '1',
    () => true,
    () => '漢',
    () => dice.whole(-9e9, 9e9) / 100,
    () => '2026-01-01',
  ]);
  return report(dice, {
    ...(dice.chance(0.4) && { layout: { tagged: true } }),
    columns: specs,
    rows: filling(() => specs.map(() => cell())),
  });
};

/** A group for nearly every row. */
export const groups: Kind = (dice) => {
  const count = dice.pick([2, 10, 40, 80, 400]);
  const rows = Math.min(dice.pick([500, LIMITS.groups]), Math.floor(LIMITS.cells / (2 * count)));
  const spec = () => ({ type: 'integer', total: dice.pick(TOTALS) });
  return report(dice, {
    groupBy: 'c0',
    columns: columns(count, (i) => (i === 0 ? { type: dice.pick(COLUMN_TYPES), currency: 'EUR' } : spec())),
    rows: dice.some(rows, (i) => [dice.chance(0.5) ? i : `${i}`, 1]),
  });
};

export const barsOverGroups: Kind = (dice) => {
  const formats = dice.whole(1, 8);
  const count = dice.pick([3, 50, 1000]);
  const most = Math.floor(LIMITS.groupedFormats / ((count - 1) * formats));
  const form = () => dice.pick<Json>([{ type: 'dataBar' }, { type: 'colorScale' }, { type: 'iconSet' }]);
  return report(dice, {
    format: 'xlsx',
    groupBy: 'c0',
    columns: columns(count, (i) =>
      i === 0 ? {} : { type: 'number', total: 'sum', conditionalFormats: dice.some(formats, form) },
    ),
    rows: dice.some(most, (i) => [`${i}`, i]),
  });
};

export const lineFeeds: Kind = (dice) =>
  report(dice, {
    columns: columns(dice.pick([1, 3]), () => ({ wrap: dice.chance(0.7) })),
    rows: filling(() => [dice.pick(['\n', '\t', '\r\n', ' \n', 'a\n']).repeat(dice.pick([200, 30_000]))], 2e6),
  });

/** Formats as long as they may be. */
export const formats: Kind = (dice) => {
  const piece = [
    '0',
    '#',
    '?',
    ',',
    '.',
    '%',
    'E+0',
    '/',
    '"x"',
    '\\x',
    '_-',
    '* ',
    '[h]',
    'm',
    'yyyy',
    '@',
    ';',
    '[>=1]',
    'General',
    '[$-409]',
    '[Red]',
  ];
  const one = () =>
    dice.chance(0.5)
      ? dice.pick(piece).repeat(255).slice(0, 255)
      : dice
          .some(dice.whole(1, 60), () => dice.pick(piece))
          .join('')
          .slice(0, 255);
  const known = [
    '# ?????/?????',
    '# ?/9999',
    `0.${'0'.repeat(200)}`,
    '0'.repeat(255),
    '##0.0E+0',
    '[h]:mm:ss.000',
    `0${','.repeat(80)}`,
  ];
  const types = COLUMN_TYPES.filter((type) => type !== 'text');
  return report(dice, {
    columns: columns(dice.pick([1, 10, 200]), () => ({
      type: dice.pick(types),
      currency: 'EUR',
      format: dice.chance(0.5) ? dice.pick(known) : one(),
      total: 'max',
    })),
    rows: filling(
      () =>
        dice
          .some(10, () => dice.pick([1e308, 5e-324, -1.5, 0.1, 1 / 3, 1e15, '2026-01-01', '-PT1H', null]))
          .slice(0, 1),
      dice.pick([1e5, 2e6]),
    ),
  });
};

export const extremes: Kind = (dice) => {
  const specs = columns(20, () => anyColumn(dice));
  const cell = () =>
    dice.pick<unknown>([
      1e308,
      -1e308,
      5e-324,
      2 ** 53,
      -0,
      1e21,
      '9007199254740993',
      '271821-04-20',
      '+275760-09-13',
      '0000-01-01',
      '-000001-01-01',
      '9999-12-31T23:59:59.999Z',
      'P999999999D',
      'PT1E3S',
      '1e400',
      'NaN',
      '∞',
      '١٢٣',
      null,
      '',
    ]);
  return report(dice, {
    timeZone: dice.pick(['UTC', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Monrovia']),
    columns: specs,
    rows: filling(() => specs.map(cell), dice.pick([1e5, 2e6])),
  });
};

export const links: Kind = (dice) => {
  const length = dice.pick([5, 60, 2079, 50_000]);
  return report(dice, {
    columns: columns(2, () => ({ type: 'url' })),
    rows: filling((i) => [`https://a.example/${nasty(dice, length)}`, `mailto:${i}@a.example`], dice.pick([1e6, 4e6])),
  });
};

export const highlights: Kind = (dice) => {
  const rule = () => ({
    type: 'highlight',
    operator: dice.pick(['equal', 'between', 'greaterThan', 'notEqual']),
    value: dice.chance(0.5) ? nastyName(dice, LIMITS.labelLength) : dice.pick([1e308, 5e-324, -0]),
    value2: nastyName(dice, 40),
  });
  return report(dice, {
    columns: columns(dice.pick([1, 300]), () => ({
      ...anyColumn(dice),
      conditionalFormats: dice.some(dice.whole(1, 8), rule),
    })),
    rows: filling((i) => [i], 1e5),
  });
};
