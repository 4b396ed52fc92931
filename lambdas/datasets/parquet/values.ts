import type { SchemaElement, TimeUnit } from 'hyparquet';
import type { Cell } from '../../domain/cells.ts';
import type { ColumnType } from '../../domain/request.ts';
import { parseNumber } from '../../renderers/values/numbers.ts';

/** A cell of what stands in a column, given what the decoder made of its bytes. */
export type Convert = (raw: unknown) => Cell | object;

/** How a column of a Parquet schema becomes a column of a table. */
export interface ParquetValues {
  readonly type: ColumnType;
  readonly convert: Convert;
  /** Whether the decoder is to leave the values as they are stored: what it would make of them loses digits. */
  readonly raw: boolean;
}

const DAY = 86_400_000;
const UNITS: Readonly<Record<TimeUnit, bigint>> = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n };

/** A column by its logical type; what has none by its physical one. Lists, maps and structs are their JSON as text. */
export function valuesOf(element: SchemaElement): ParquetValues {
  if (element.num_children !== undefined && element.num_children > 0) return nested();
  if (element.repetition_type === 'REPEATED') return nested();
  return annotated(element) ?? physical(element);
}

function annotated(element: SchemaElement): ParquetValues | undefined {
  const { logical_type: logical, converted_type: converted } = element;
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') return decimal(element.scale ?? scaleOf(element));
  if (logical?.type === 'DATE' || converted === 'DATE') return { type: 'date', raw: true, convert: dateOf };
  if (logical?.type === 'TIMESTAMP') return timestamp(logical.unit, logical.isAdjustedToUTC);
  if (converted === 'TIMESTAMP_MILLIS') return timestamp('MILLIS', true);
  if (converted === 'TIMESTAMP_MICROS') return timestamp('MICROS', true);
  if (element.type === 'INT96') return timestamp('NANOS', false, false);
  if (logical?.type === 'TIME') return timeOfDay(logical.unit);
  if (converted === 'TIME_MILLIS') return timeOfDay('MILLIS');
  if (converted === 'TIME_MICROS') return timeOfDay('MICROS');
  if (logical?.type === 'FLOAT16') return { type: 'number', raw: false, convert: floatOf(5) };
  if (logical?.type === 'UUID' || logical?.type === 'GEOMETRY' || logical?.type === 'GEOGRAPHY') return kept('text');
  return undefined;
}

function physical({ type, logical_type, converted_type }: SchemaElement): ParquetValues {
  switch (type) {
    case 'BOOLEAN':
      return kept('boolean');
    case 'INT32':
    case 'INT64':
      return { type: 'integer', raw: false, convert: integerOf };
    case 'FLOAT':
      return { type: 'number', raw: false, convert: floatOf(9) };
    case 'DOUBLE':
      return { type: 'number', raw: false, convert: floatOf(17) };
    default:
      return { type: 'text', raw: logical_type?.type === 'JSON' || converted_type === 'JSON', convert: textOf };
  }
}

function scaleOf({ logical_type: logical }: SchemaElement): number {
  return logical?.type === 'DECIMAL' ? logical.scale : 0;
}

function kept(type: ColumnType): ParquetValues {
  return { type, raw: false, convert: (raw) => (isScalar(raw) ? raw : null) };
}

function nested(): ParquetValues {
  return { type: 'text', raw: false, convert: (raw) => (raw === null || raw === undefined ? null : jsonOf(raw)) };
}

function isScalar(raw: unknown): raw is string | boolean {
  return typeof raw === 'string' || typeof raw === 'boolean';
}

function jsonOf(raw: unknown): string {
  return JSON.stringify(raw, (_, value) => {
    if (typeof value === 'bigint') return integerOf(value);
    return value instanceof Uint8Array ? textOf(value) : value;
  });
}

function integerOf(raw: unknown): Cell {
  if (typeof raw === 'number') return raw;
  if (typeof raw !== 'bigint') return null;
  return BigInt.asIntN(53, raw) === raw ? Number(raw) : String(raw);
}

/**
 * The shortest decimal that is the same value in the column's own precision: 0.1 of four bytes is 0.1, not the double
 * next to it. What is no number is no value, as pandas means it; an infinity stays text.
 * @param digits that no value of that precision needs more of
 */
function floatOf(digits: number): Convert {
  const same = digits === 9 ? Math.fround : (value: number) => value;
  return (raw) => {
    if (typeof raw !== 'number' || Number.isNaN(raw)) return null;
    if (!Number.isFinite(raw)) return String(raw);
    if (digits !== 9 || Number.isInteger(raw)) return raw;
    for (let precision = 6; precision < digits; precision += 1) {
      const shorter = Number(raw.toPrecision(precision));
      if (same(shorter) === raw) return shorter;
    }
    return Number(raw.toPrecision(digits));
  };
}

/** Exact: a double where one holds the digits, else the digits as text. */
function decimal(scale: number): ParquetValues {
  const convert: Convert = (raw) => {
    const unscaled = unscaledOf(raw);
    if (unscaled === undefined) return null;
    if (scale === 0 && typeof unscaled === 'number') return unscaled;
    const text = withPoint(String(unscaled), scale);
    const value = parseNumber(text);
    return Number.isNaN(value) ? text : value;
  };
  return { type: scale === 0 ? 'integer' : 'number', raw: true, convert };
}

function unscaledOf(raw: unknown): number | bigint | undefined {
  if (typeof raw === 'number' || typeof raw === 'bigint') return raw;
  if (!(raw instanceof Uint8Array)) return undefined;
  let value = 0n;
  for (const byte of raw) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(raw.byteLength * 8, value);
}

function withPoint(digits: string, scale: number): string {
  if (scale <= 0) return `${digits}${'0'.repeat(Math.min(-scale, 1000))}`;
  const sign = digits.startsWith('-') ? '-' : '';
  const padded = digits.slice(sign.length).padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function dateOf(raw: unknown): Cell {
  return typeof raw === 'number' ? (isoOf(raw * DAY)?.slice(0, 10) ?? String(raw)) : null;
}

/** @param isInstant an instant; else the reading of a clock whose zone nobody wrote down */
function timestamp(unit: TimeUnit, isInstant: boolean, raw = true): ParquetValues {
  const perMillisecond = UNITS[unit] / 1000n;
  const convert: Convert = (value) => {
    if (typeof value !== 'bigint') return value === null || value === undefined ? null : String(value);
    const iso = isoOf(Number(floorDivided(value, perMillisecond)));
    if (iso === undefined) return String(value);
    return isInstant ? iso : iso.slice(0, -1);
  };
  return { type: 'datetime', raw, convert };
}

function floorDivided(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
/** The day that was written last: in most files the next time is on the same one. */
const written = { day: Number.NaN, text: '' };

/** Years of four digits alone: others have no such form that the engines read. */
function isoOf(milliseconds: number): string | undefined {
  const day = Math.floor(milliseconds / DAY);
  if (day !== written.day) {
    const date = new Date(day * DAY);
    if (Number.isNaN(date.getTime())) return undefined;
    Object.assign(written, { day, text: date.toISOString().slice(0, -13) });
  }
  if (written.text.length !== 11) return undefined;
  const inDay = milliseconds - day * DAY;
  const [hours, minutes] = [TWO_DIGITS[Math.floor(inDay / 3_600_000)], TWO_DIGITS[Math.floor(inDay / 60_000) % 60]];
  const seconds = TWO_DIGITS[Math.floor(inDay / 1000) % 60];
  return `${written.text}${hours}:${minutes}:${seconds}.${String(inDay % 1000).padStart(3, '0')}Z`;
}

/** Seconds since midnight. */
function timeOfDay(unit: TimeUnit): ParquetValues {
  const perSecond = Number(UNITS[unit]);
  const convert: Convert = (raw) =>
    typeof raw === 'number' || typeof raw === 'bigint' ? Number(raw) / perSecond : null;
  return { type: 'duration', raw: true, convert };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes that say nothing of themselves are mostly text of an old writer; where they are not, they are shown as bytes. */
function textOf(raw: unknown): Cell {
  if (typeof raw === 'string') return raw;
  if (!(raw instanceof Uint8Array)) return null;
  try {
    return decoder.decode(raw);
  } catch {
    return `0x${Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}
