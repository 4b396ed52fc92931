import { decimal } from '../../values/decimal-display.ts';
import type { TypeDefinition } from './definition.ts';

export const text: TypeDefinition = {
  form: 'text',
  parser: undefined,
  anyNumber: false,
  align: 'start',
  totals: { count: 'integer' },
  breaks: true,
  grows: false,
  // A cell is never a value, so that only a total could be shown by this.
  display: (_, locale) => decimal(locale, 0),
  excelFormat: () => '@',
  excelLength: (value) => String(value).length,
};

export const url: TypeDefinition = { ...text, form: 'link' };
