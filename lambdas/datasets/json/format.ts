import type { DatasetSpec } from '../../domain/dataset.ts';
import { conventionsOf } from '../../renderers/values/locale.ts';
import type { ByteStream } from '../bytes.ts';
import type { DatasetContext } from '../dataset.ts';
import type { RecordFormat, Table } from '../records.ts';
import { decoded } from '../text/encoding.ts';
import { numberSigns } from '../values/numbers.ts';
import { typedReader } from '../values/readers.ts';
import { jsonArrayRecords } from './array.ts';
import { ndjsonRecords } from './ndjson.ts';
import { type JsonRecord, jsonShape } from './shape.ts';

/** A JSON value on each line. */
export function ndjsonFormat(spec: DatasetSpec, context: DatasetContext): RecordFormat<JsonRecord> {
  const records = (bytes: ByteStream) => ndjsonRecords(decoded(bytes), context.limits);
  return { records, table: (sample) => tableOf(sample, spec, context) };
}

/** One JSON array. */
export function jsonFormat(spec: DatasetSpec, context: DatasetContext): RecordFormat<JsonRecord> {
  const records = (bytes: ByteStream) => jsonArrayRecords(bytes, context.limits);
  return { records, table: (sample) => tableOf(sample, spec, context) };
}

function tableOf(sample: readonly JsonRecord[], spec: DatasetSpec, context: DatasetContext): Table<JsonRecord> {
  const { timeZone } = context;
  const locale = conventionsOf(context.locale);
  // Texts of JSON are read as in a request: the locale says how a report is written, not how a program writes JSON.
  const plain = numberSigns(locale, '.');
  const rules = { locale, timeZone, signs: plain };
  const shape = jsonShape(sample, context.columns, rules, context.limits.columns);
  return {
    ...shape,
    readers: shape.columns.map((column) => typedReader(column, timeZone)),
    nulls: new Set(spec.nulls),
    skip: 0,
  };
}
