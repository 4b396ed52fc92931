import type { LocaleConventions } from '../../renderers/values/locale.ts';
import { parseNumber, parsePercent } from '../../renderers/values/numbers.ts';

/** The signs that numbers of a text are written with. */
export interface NumberSigns {
  readonly decimal: string;
  /** Any of these may stand between groups of digits. */
  readonly groups: string;
  readonly grouping: readonly number[];
  /** Digits other than 0 to 9, zero first; `undefined` where the locale has none of its own. */
  readonly digits?: readonly string[] | undefined;
}

/** A number of a text as it goes into a cell: exact, or the digits as text where no double holds them; else `undefined`. */
export type NumberReader = (text: string) => number | string | undefined;

const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const POINT = 46;
/** So many digits fit into a double whatever they are, and so does their quotient by a power of ten, correctly rounded. */
const FAST_DIGITS = 15;
const POWERS = Array.from({ length: FAST_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

const SPACES = ' \u00a0\u202f\u2009';
const MINUS_SIGNS = /^[-\u2212\u2010\u2011\ufe63\uff0d]/;

/**
 * How numbers are written in a locale. Where it has digits of its own they come with their own signs, which are read as
 * the ASCII ones: both forms are in use.
 * @param decimal overrides the locale's decimal sign, as a file may come from elsewhere; groups are then cut by the other
 */
export function numberSigns(locale: LocaleConventions, decimal: '.' | ',' | undefined): NumberSigns {
  const own = locale.digits.join('') === '0123456789' ? undefined : locale.digits;
  if (decimal !== undefined && decimal !== locale.decimal) {
    return { decimal, groups: decimal === '.' ? ',' : '.', grouping: [3], digits: own };
  }
  if (own !== undefined) return { decimal: '.', groups: ',', grouping: locale.grouping, digits: own };
  return { decimal: locale.decimal, groups: alike(locale.group), grouping: locale.grouping, digits: own };
}

/** People type the blank or the apostrophe that their keyboard has. */
function alike(group: string): string {
  if (SPACES.includes(group)) return SPACES;
  return group === '’' || group === "'" ? "’'" : group;
}

/** Reads `-1.234,56` by the given signs. A group sign that does not stand between groups makes it no number. */
export function numberReader(signs: NumberSigns): NumberReader {
  const decimal = signs.decimal.charCodeAt(0);
  const canonical = canonicalForm(signs);
  return (text) => {
    const fast = fastNumber(text, decimal);
    if (!Number.isNaN(fast)) return fast;
    if (decimal === POINT) {
      // Most long numbers are what a program wrote of a double.
      const value = Number(text);
      if (Number.isFinite(value) && String(value) === text) return value;
    }
    return exact(canonical(text), parseNumber);
  };
}

/** As {@link numberReader}, and `12,5 %` is 0.125. */
export function percentReader(signs: NumberSigns): NumberReader {
  const plain = numberReader(signs);
  const canonical = canonicalForm(signs);
  return (text) => {
    const match = /^(.*?)\s*[%٪]$|^[%٪]\s*(.*)$/s.exec(text.trim());
    if (match === null) return plain(text);
    const digits = canonical(match[1] ?? match[2] ?? '');
    return digits === undefined ? undefined : exact(`${digits}%`, parsePercent);
  };
}

/** @param canonical a decimal number as JSON writes it; if no double says the same, it stays what it is */
function exact(canonical: string | undefined, parse: (text: string) => number): number | string | undefined {
  if (canonical === undefined) return undefined;
  const value = parse(canonical);
  return Number.isNaN(value) ? canonical : value;
}

/** Up to fifteen digits with one decimal sign, which most numbers are; `NaN` for all else. */
function fastNumber(text: string, decimal: number): number {
  const negative = text.charCodeAt(0) === MINUS;
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (let i = negative ? 1 : 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) {
      mantissa = mantissa * 10 + (code - ZERO);
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if (code === decimal && decimals < 0) {
      decimals = 0;
    } else {
      return Number.NaN;
    }
  }
  if (digits === 0 || digits > FAST_DIGITS) return Number.NaN;
  const value = decimals > 0 ? mantissa / (POWERS[decimals] as number) : mantissa;
  return negative ? -value : value;
}

/** Makes `1234.56` of every way to write that number; `undefined` for what is none. */
function canonicalForm({ decimal, groups, grouping, digits }: NumberSigns): (text: string) => string | undefined {
  const [last = 3, other = last] = grouping;
  const group = `[${groups.replace(/[\\\]^-]/g, '\\$&')}]`;
  const integer = `(\\d{1,${other}}(?:${group}\\d{${other}})*${group}\\d{${last}}|\\d+)`;
  const point = `[${decimal.replace(/[\\\]^-]/g, '\\$&')}]`;
  const pattern = new RegExp(`^([-+]?)(?:${integer}?(?:${point}(\\d*))?)([eE][+-]?\\d{1,4})?(-?)$`);
  return (text) => {
    const match = pattern.exec(asciiDigits(text, digits).trim().replace(MINUS_SIGNS, '-'));
    if (match === null) return undefined;
    const [, sign = '', whole = '', fraction = '', exponent = '', trailing = ''] = match;
    if ((whole === '' && fraction === '') || (sign !== '' && trailing !== '')) return undefined;
    const value = `${whole.replace(/\D/g, '')}${fraction === '' ? '' : `.${fraction}`}${exponent}`;
    return `${sign === '-' || trailing !== '' ? '-' : ''}${value}`;
  };
}

function asciiDigits(text: string, digits: readonly string[] | undefined): string {
  const bare = text.replace(/[\u061c\u200e\u200f\ufeff]/g, '');
  if (digits === undefined) return bare;
  return [...bare.replaceAll('٫', '.').replaceAll('٬', ',')]
    .map((sign) => (digits.includes(sign) ? String(digits.indexOf(sign)) : sign))
    .join('');
}
