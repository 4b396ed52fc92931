import { two } from './date-display.ts';
import { localDigits, type ValueDisplay } from './decimal-display.ts';
import type { LocaleConventions } from './locale.ts';

/** Beyond, a double holds no single seconds. */
const MOST_SECONDS = 2 ** 53;

/** Shows seconds as hours, minutes and seconds, hours as many as they are. */
export function duration(locale: LocaleConventions): ValueDisplay {
  const local = localDigits(locale);
  return (value) => {
    const seconds = Math.round(Math.abs(value));
    if (seconds >= MOST_SECONDS) return local(String(value));
    const hours = Math.floor(seconds / 3600);
    const text = `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    return value < 0 && seconds > 0 ? locale.minus + local(text) : local(text);
  };
}
