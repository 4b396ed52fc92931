import { decimal } from '../../values/decimal-display.ts';
import type { LocaleConventions } from '../../values/locale.ts';
import { parseNumber, parsePercent } from '../../values/numbers.ts';
import { decimalFormat, styledFormat } from '../excel-formats.ts';
import { integerLength } from './character-counts.ts';
import type { TypeDefinition } from './definition.ts';

const INTEGER_DIGITS = 0;
const NUMBER_DIGITS = 2;
const PERCENT_DIGITS = 1;

export const integer: TypeDefinition = {
  form: 'number',
  parser: () => parseNumber,
  anyNumber: true,
  align: 'right',
  // The average of whole numbers is none.
  totals: { sum: 'integer', average: 'number', count: 'integer', min: 'integer', max: 'integer' },
  breaks: false,
  grows: true,
  fraction: INTEGER_DIGITS,
  display: (_, locale) => decimal(locale, INTEGER_DIGITS),
  excelFormat: () => decimalFormat(INTEGER_DIGITS),
  excelLength: integerLength,
};

export const number: TypeDefinition = {
  ...integer,
  totals: { sum: 'number', average: 'number', count: 'integer', min: 'number', max: 'number' },
  fraction: NUMBER_DIGITS,
  display: (_, locale) => decimal(locale, NUMBER_DIGITS),
  excelFormat: () => decimalFormat(NUMBER_DIGITS),
  excelLength: (value) => integerLength(value) + 1 + NUMBER_DIGITS,
};

export const currency: TypeDefinition = {
  form: 'number',
  parser: () => parseNumber,
  anyNumber: true,
  align: 'right',
  totals: { sum: 'currency', average: 'currency', count: 'integer', min: 'currency', max: 'currency' },
  breaks: false,
  grows: true,
  display: ({ currency: code }, locale) => {
    if (code === undefined) return decimal(locale, NUMBER_DIGITS);
    const style = locale.currency(code);
    return decimal(style, style.fraction);
  },
  excelFormat: ({ currency: code }, locale) => {
    if (code === undefined) return decimalFormat(NUMBER_DIGITS);
    const style = locale.currency(code);
    return styledFormat(style, style.fraction);
  },
  excelLength: (value, { currency: code }, locale) => integerLength(value) + 3 + signLength(code, locale),
};

export const percent: TypeDefinition = {
  form: 'number',
  parser: () => parsePercent,
  anyNumber: true,
  align: 'right',
  totals: { sum: 'percent', average: 'percent', count: 'integer', min: 'percent', max: 'percent' },
  breaks: false,
  grows: false,
  display: (_, locale) => decimal(locale.percent, PERCENT_DIGITS, 2),
  excelFormat: (_, locale) => styledFormat(locale.percent, PERCENT_DIGITS),
  excelLength: (value) => integerLength(value * 100) + 3,
};

function signLength(code: string | undefined, locale: LocaleConventions): number {
  return code === undefined ? 0 : locale.currency(code).symbol.length + 1;
}
