import type { DayNames, MonthNames } from 'numfmt';
import { dayPeriods } from '../date-display.ts';

/** What a language calls the parts of a year and a day, as numfmt takes them. */
export interface Names {
  readonly mmmm: MonthNames;
  readonly mmm: MonthNames;
  readonly dddd: DayNames;
  readonly ddd: DayNames;
  readonly ampm: [string, string];
}

/** @param tag BCP 47 @param withDay whether months stand beside a day: then Russian says `марта`, not `март` */
export function namesOf(tag: string, withDay: boolean): Names {
  const months = (month: 'long' | 'short'): string[] => {
    const format = new Intl.DateTimeFormat(tag, { ...GREGORIAN, month });
    return each(12, (i) => format.format(Date.UTC(2023, i, 15)));
  };
  const days = (weekday: 'long' | 'short'): string[] => {
    const format = new Intl.DateTimeFormat(tag, { ...GREGORIAN, weekday });
    // 2023 began on a Sunday.
    return each(7, (i) => format.format(Date.UTC(2023, 0, 1 + i)));
  };
  const alone = months('long');
  return {
    mmmm: (withDay ? inflected(tag, alone) : alone) as MonthNames,
    mmm: months('short') as MonthNames,
    dddd: days('long') as DayNames,
    ddd: days('short') as DayNames,
    ampm: dayPeriods(tag),
  };
}

const GREGORIAN = { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const;

/** The month beside a day, where that is one word in another case: not `3` (Japanese) or `de març` (Catalan). */
function inflected(tag: string, alone: readonly string[]): string[] {
  const format = new Intl.DateTimeFormat(tag, { ...GREGORIAN, month: 'long', day: 'numeric' });
  return alone.map((name, i) => {
    const beside = format.formatToParts(Date.UTC(2023, i, 15)).find(({ type }) => type === 'month')?.value ?? '';
    return /^[\p{L}\p{M}]+$/u.test(beside) ? beside : name;
  });
}

function each<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
