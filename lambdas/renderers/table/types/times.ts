import { date as dateDisplay, dateTime } from '../../values/date-display.ts';
import { dateParser, dateTimeParser } from '../../values/dates.ts';
import { duration as durationDisplay } from '../../values/duration-display.ts';
import { parseDuration } from '../../values/durations.ts';
import { patternFormat } from '../excel-formats.ts';
import type { TypeDefinition } from './definition.ts';

export const date: TypeDefinition = {
  form: 'time',
  parser: dateParser,
  anyNumber: false,
  align: 'right',
  // Days have no sum.
  totals: { average: 'date', count: 'integer', min: 'date', max: 'date' },
  breaks: false,
  grows: false,
  display: (_, locale) => dateDisplay(locale.date, locale),
  excelFormat: (_, locale) => patternFormat(locale.date),
  excelLength: () => 10,
};

export const datetime: TypeDefinition = {
  ...date,
  parser: dateTimeParser,
  totals: { average: 'datetime', count: 'integer', min: 'datetime', max: 'datetime' },
  display: (_, locale) => dateTime(locale),
  excelFormat: (_, locale) => `${patternFormat(locale.date)} ${patternFormat(locale.time)}`,
  excelLength: (_value, _column, { hour12 }) => (hour12 ? 20 : 17),
};

const SECONDS_PER_HOUR = 3600;

export const duration: TypeDefinition = {
  form: 'duration',
  parser: () => parseDuration,
  anyNumber: true,
  align: 'right',
  totals: { sum: 'duration', average: 'duration', count: 'integer', min: 'duration', max: 'duration' },
  breaks: false,
  grows: false,
  display: (_, locale) => durationDisplay(locale),
  excelFormat: () => '[h]:mm:ss',
  excelLength: (value) => String(Math.floor(value / SECONDS_PER_HOUR)).length + 6,
};
