import type { FaultCode, ProblemCode } from '../../lambdas/contract.ts';
import { LIMITS } from '../../lambdas/domain/limits.ts';
import { table } from './table.ts';

interface Meaning {
  readonly what: string;
  /** What a request over the limit is refused with; absent where it is no limit of a request. */
  readonly code?: FaultCode | ProblemCode;
}

const MEANINGS: Readonly<Record<keyof typeof LIMITS, Meaning>> = {
  bodyBytes: { what: 'bytes of the body', code: 'BODY_TOO_LARGE' },
  idempotencyKeyLength: { what: 'characters of an `Idempotency-Key`', code: 'INVALID_IDEMPOTENCY_KEY' },
  members: { what: 'members of an object that is not a row', code: 'TOO_MANY_MEMBERS' },
  titleLength: { what: 'characters of a title, a subtitle, a file name or the name of a table', code: 'TOO_LONG' },
  referenceLength: { what: 'characters of `reference`', code: 'TOO_LONG' },
  labelLength: { what: 'characters of a label, a key, a number format or the value of a highlight', code: 'TOO_LONG' },
  headerLength: { what: 'characters of a header or a footer', code: 'TOO_LONG' },
  localeLength: { what: 'characters of a locale', code: 'TOO_LONG' },
  timeZoneLength: { what: 'characters of a time zone', code: 'TOO_LONG' },
  logoBase64Length: { what: 'characters of a logo in base64', code: 'TOO_LONG' },
  tables: { what: 'tables', code: 'TOO_MANY_ITEMS' },
  columns: { what: 'columns of a table', code: 'TOO_MANY_COLUMNS' },
  columnsInAll: { what: 'columns of all tables together', code: 'TOO_MANY_COLUMNS' },
  pdfColumns: { what: 'columns of a table in a PDF', code: 'TOO_MANY_COLUMNS' },
  repeatedColumns: {
    what: 'columns that a PDF repeats where a table goes on over several pages of width',
    code: 'INVALID_VALUE',
  },
  conditionalFormats: { what: 'conditional formats of a column', code: 'TOO_MANY_ITEMS' },
  cells: {
    what: 'cells of the whole report, empty ones too: rows and subtotals × columns, over all tables',
    code: 'TOO_MANY_CELLS',
  },
  cellLength: { what: 'characters of a cell', code: 'CELL_TOO_LONG' },
  groups: { what: 'groups of a table', code: 'TOO_MANY_GROUPS' },
  groupedFormats: { what: 'groups of a table × its conditional formats', code: 'TOO_MANY_GROUPS' },
  nulls: { what: 'texts of a dataset that stand for no value', code: 'TOO_MANY_ITEMS' },
  reuseSeconds: { what: 'seconds of `reuseWithinSeconds`', code: 'INVALID_VALUE' },
  paramsLength: { what: 'characters of the parameters of a defined report, as JSON', code: 'TOO_LONG' },
  faults: { what: 'places that an answer names; what is wrong beyond them is found once these are mended' },
  echoedLength: { what: 'characters of a key or a name that an answer repeats' },
};

/** The text of `docs/limits.md`. */
export function limitsPage(): string {
  const rows = Object.entries(MEANINGS).map(([name, { what, code }]) => {
    const limit = LIMITS[name as keyof typeof LIMITS].toLocaleString('en');
    return [what, code === undefined ? '' : `\`${code}\``, limit];
  });
  return `${HEAD}\n${table(['limit of', 'refused with', 'at most'], rows)}\n`;
}

const HEAD = `# Limits

Made of \`lambdas/domain/limits.ts\` by \`npm run docs\`; a test keeps the two equal.

A request over a limit is refused before anything is stored: 422 \`INVALID_REQUEST\`, whose \`errors\` name each place by
its JSON pointer and its code, or the status of the code itself where it is one of a problem (413 for the body, 400 for
the \`Idempotency-Key\`). Text is counted in UTF-16 code units. What a file format itself cannot hold is no refusal but a
warning of the finished job: see [xlsx.md](xlsx.md) and [pdf.md](pdf.md).

A JSON number whose digits a double would change, such as 2916334247900527532, is taken as its text: shown digit by digit,
in columns of numbers as text with a warning. Where only a number is possible, as in \`width\`, it is refused.
`;
