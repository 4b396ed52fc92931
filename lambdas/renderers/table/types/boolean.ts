import { parseBoolean } from '../../values/parse.ts';
import { yesNo } from '../yes-no.ts';
import type { TypeDefinition } from './definition.ts';

export const boolean: TypeDefinition = {
  form: 'truth',
  parser: () => parseBoolean,
  anyNumber: false,
  align: 'center',
  totals: { count: 'integer' },
  breaks: false,
  grows: false,
  display: (_, { locale }) => {
    const { yes, no } = yesNo(locale);
    return (value) => (value === 1 ? yes : no);
  },
  // A spreadsheet shows words of its own language whatever the format; programs that take truth for a number need it.
  excelFormat: () => '"TRUE";"TRUE";"FALSE"',
  excelLength: () => 6,
};
