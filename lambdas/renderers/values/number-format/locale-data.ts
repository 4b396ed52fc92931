import type { LocaleData } from 'numfmt';
import type { LocaleConventions } from '../locale.ts';
import { formatLibraries } from './library.ts';
import { namesOf } from './names.ts';
import type { FormatParts } from './pattern.ts';

/** The one name under which locales are given to numfmt, which keeps all that it is given. */
export const LOCALE_NAME = 'quire';

let current: Partial<LocaleData> | undefined;

/** What was made for a report: `Intl` takes a while for it, and a table may have thousands of columns. */
const made = new WeakMap<LocaleConventions, Map<string, Partial<LocaleData>>>();

/** The report's signs, and names in the language that the format says or the report's own. */
export function localeData({ tag, hasDay }: FormatParts, locale: LocaleConventions): Partial<LocaleData> {
  const language = tag ?? locale.locale;
  const known = made.get(locale) ?? new Map<string, Partial<LocaleData>>();
  made.set(locale, known);
  const key = `${language} ${hasDay}`;
  const data = known.get(key) ?? makeData(language, hasDay, locale);
  known.set(key, data);
  return data;
}

function makeData(language: string, withDay: boolean, locale: LocaleConventions): Partial<LocaleData> {
  return {
    ...namesOf(language, withDay),
    group: locale.group,
    decimal: locale.decimal,
    negative: locale.minus,
    sysdate: systemPattern(locale.locale, { dateStyle: 'full' }),
    systime: systemPattern(locale.locale, { timeStyle: 'medium' }),
    // Spares numfmt to find it out.
    format: { monthFirst: false },
  };
}

/** Makes what numfmt formats next follow a locale. */
export function follow(data: Partial<LocaleData>): void {
  if (current === data) return;
  formatLibraries().numfmt.addLocale(data, LOCALE_NAME);
  current = data;
}

const CODES: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {
  weekday: 'dddd',
  day: 'd',
  month: 'mmmm',
  year: 'yyyy',
  hour: 'h',
  minute: 'mm',
  second: 'ss',
  dayPeriod: 'AM/PM',
};

/** The locale's long date or time as a number format. */
function systemPattern(tag: string, style: Intl.DateTimeFormatOptions): string {
  const options = { ...style, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(tag, options)
    .formatToParts(0)
    .map(({ type, value }) => CODES[type] ?? `"${value.replaceAll('"', '').replace(/[\u00a0\u202f]/g, ' ')}"`)
    .join('');
}
