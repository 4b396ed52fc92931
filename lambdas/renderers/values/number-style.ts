/** A sign that stands before or behind the digits of a number. Marks of direction, which `Intl` sets, are kept. */
export interface Affix {
  readonly kind: 'minus' | 'currency' | 'percent' | 'literal';
  readonly text: string;
}

export interface Affixes {
  readonly before: readonly Affix[];
  readonly after: readonly Affix[];
}

/** How numbers of one kind – plain ones, percentages, amounts of a currency – are written. */
export interface NumberStyle {
  readonly decimal: string;
  readonly group: string;
  /** The locale's own ten digits, `0` first; ASCII in most. */
  readonly digits: readonly string[];
  /** Sizes of groups from the right, the last one repeating: `[3]`, in India `[3, 2]`. */
  readonly grouping: readonly number[];
  /** From how many integer digits on groups are separated: 5 in Spanish and Polish, else 4. */
  readonly groupingFrom: number;
  readonly positive: Affixes;
  readonly negative: Affixes;
}

/** @param format a number format of `Intl` that shows decimals */
export function readNumberStyle(format: Intl.NumberFormat): NumberStyle {
  const long = format.formatToParts(123_456_789_012.5);
  const thousand = format.formatToParts(format.resolvedOptions().style === 'percent' ? 10 : 1000);
  return {
    decimal: partOf(long, 'decimal') ?? '.',
    group: partOf(long, 'group') ?? '',
    digits: digitsOf(format),
    grouping: groupSizes(long),
    groupingFrom: partOf(thousand, 'group') === undefined ? 5 : 4,
    positive: affixesOf(format.formatToParts(1)),
    negative: affixesOf(format.formatToParts(-1)),
  };
}

function partOf(parts: readonly Intl.NumberFormatPart[], type: Intl.NumberFormatPartTypes): string | undefined {
  return parts.find((part) => part.type === type)?.value;
}

function digitsOf(format: Intl.NumberFormat): string[] {
  const { locale, numberingSystem } = format.resolvedOptions();
  if (numberingSystem === 'latn') return [...'0123456789'];
  const plain = new Intl.NumberFormat(locale, { numberingSystem });
  return Array.from({ length: 10 }, (_, digit) => plain.format(digit));
}

function groupSizes(parts: readonly Intl.NumberFormatPart[]): number[] {
  const integers = parts.filter(({ type }) => type === 'integer');
  const [last, previous] = integers.reverse().map(({ value }) => value.length);
  if (last === undefined || previous === undefined) return [3];
  return last === previous ? [last] : [last, previous];
}

const NUMERIC: ReadonlySet<string> = new Set(['integer', 'group', 'decimal', 'fraction']);
const KINDS: Readonly<Record<string, Affix['kind']>> = {
  minusSign: 'minus',
  currency: 'currency',
  percentSign: 'percent',
};

function affixesOf(parts: readonly Intl.NumberFormatPart[]): Affixes {
  const affixes = (some: readonly Intl.NumberFormatPart[]): Affix[] =>
    some.map(({ type, value }) => ({ kind: KINDS[type] ?? 'literal', text: value }));
  return {
    before: affixes(
      parts.slice(
        0,
        parts.findIndex(({ type }) => NUMERIC.has(type)),
      ),
    ),
    after: affixes(parts.slice(parts.findLastIndex(({ type }) => NUMERIC.has(type)) + 1)),
  };
}

/** What stands before the digits and behind them, as text. */
export function affixTexts({ before, after }: Affixes): [before: string, after: string] {
  const text = (affixes: readonly Affix[]): string => affixes.map((affix) => affix.text).join('');
  return [text(before), text(after)];
}
