import type { CellParser } from './parse.ts';
import { zoneOffset } from './zone.ts';

const DAY = 86_400_000;
const DIGIT_ZERO = 48;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** An ISO 8601 time of day with an optional offset: `T10:20`, ` 10:20:30.5`, `T10:20:30,5+02:00`, `T10:20Z`. */
const TIME = /^[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(?:([Zz])|([+-])(\d\d):?(\d\d)?)?$/;

/** Reads the calendar day of an ISO date or datetime; an instant with an offset counts as its day in `timeZone`. */
export function dateParser(timeZone: string): CellParser {
  const wallClock = dateTimeParser(timeZone);
  return (cell) => {
    if (typeof cell !== 'string') return Number.NaN;
    if (cell.length === 10) return isoDate(cell);
    const time = wallClock(cell);
    return time - modulo(time, DAY);
  };
}

/** Reads an ISO datetime as the wall clock of `timeZone`; without an offset it is taken to be that wall clock already. */
export function dateTimeParser(timeZone: string): CellParser {
  const offset = zoneOffset(timeZone);
  return (cell) => {
    if (typeof cell !== 'string') return Number.NaN;
    const date = isoDate(cell);
    if (cell.length === 10 || Number.isNaN(date)) return date;
    const time = TIME.exec(cell.slice(10));
    if (time === null) return Number.NaN;
    const clock = date + timeOfDay(time);
    const shift = statedOffset(time);
    return shift === undefined ? clock : clock - shift + offset(clock - shift);
  };
}

/** ms from 1970-01-01 to the day that starts the text as `YYYY-MM-DD`; `NaN` when no such day exists. */
function isoDate(text: string): number {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month))) return Number.NaN;
  return daysFromCivil(year, month, day) * DAY;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - DIGIT_ZERO;
  const ones = text.charCodeAt(at + 1) - DIGIT_ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function lengthOfMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_LENGTHS[month - 1] as number);
}

/** Days since 1970-01-01 of a Gregorian date, with the year counted from March (Howard Hinnant, "chrono-compatible"). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function timeOfDay(match: RegExpExecArray): number {
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  const seconds = Number(match[3] ?? 0);
  const ms = Math.trunc(Number(`0.${match[4] ?? 0}`) * 1000 + 1e-6);
  const inDay = hours < 24 || (hours === 24 && minutes === 0 && seconds === 0 && ms === 0);
  if (!inDay || minutes > 59 || seconds > 59) return Number.NaN;
  return hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + ms;
}

function statedOffset(match: RegExpExecArray): number | undefined {
  if (match[5] !== undefined) return 0;
  if (match[6] === undefined) return undefined;
  const hours = Number(match[7]);
  const minutes = Number(match[8] ?? 0);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (match[6] === '-' ? -1 : 1) * (hours * 3_600_000 + minutes * 60_000);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
