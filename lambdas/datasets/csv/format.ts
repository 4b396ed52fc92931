import type { DatasetSpec } from '../../domain/dataset.ts';
import { conventionsOf } from '../../renderers/values/locale.ts';
import type { ByteStream } from '../bytes.ts';
import type { DatasetContext } from '../dataset.ts';
import type { RecordFormat, Table } from '../records.ts';
import { decoded } from '../text/encoding.ts';
import { decimalSign } from '../values/decimal-sign.ts';
import { numberSigns } from '../values/numbers.ts';
import { textReader } from '../values/readers.ts';
import { csvRecords } from './records.ts';
import { type CsvRecord, csvShape } from './shape.ts';

/** CSV: texts in a line, with a header or without. */
export function csvFormat(spec: DatasetSpec, context: DatasetContext): RecordFormat<CsvRecord> {
  const { delimiter, quotes = true, header = true, encoding } = spec;
  const { limits } = context;
  return {
    records: (bytes: ByteStream) => csvRecords(decoded(bytes, encoding), { delimiter, quotes, header, limits }),
    table: (sample) => tableOf(sample, spec, context),
  };
}

function tableOf(sample: readonly CsvRecord[], spec: DatasetSpec, context: DatasetContext): Table<CsvRecord> {
  const { header = true, nulls = [] } = spec;
  const locale = conventionsOf(context.locale);
  const rows = header ? sample.slice(1) : sample;
  const names = header ? (sample[0] ?? []) : undefined;
  const decimal = spec.decimal ?? decimalSign(rows.flat(), locale);
  const rules = { locale, timeZone: context.timeZone, signs: numberSigns(locale, decimal) };
  const none = new Set<unknown>(nulls);
  const known = none.size === 0 ? rows : rows.map((row) => row.map((text) => (none.has(text) ? '' : text)));
  const shape = csvShape(names, known, context.columns, rules);
  return {
    ...shape,
    readers: shape.columns.map((column) => textReader(column, rules)),
    nulls: none,
    skip: header ? 1 : 0,
  };
}
