import { formatLibraries } from './library.ts';

/** What `[$…]` says: a currency's sign, a language for names, or that the reader's own long date or time is to stand. */
export interface Language {
  readonly sign: string;
  /** BCP 47; none where the report's own language is meant. */
  readonly tag?: string;
  readonly system?: 'date' | 'time';
}

/** Calendars of the first byte's neighbour that are Gregorian: none, localized, US (Windows' `CAL_` identifiers). */
const GREGORIAN = new Set([0, 1, 2]);
/** Digits: as the reader has them, or Latin. */
const LATIN = new Set([0, 1]);
const PRIMARY = 0x400;
const PRIMARY_MASK = 0x3ff;
const SYSTEM_DATE = 0xf800;
const SYSTEM_TIME = 0xf400;

/**
 * Reads what stands between `[$` and `]`: `€`, `€-407`, `-409`, `-en-US`, `-F800`, `-x-sysdate`.
 * @returns `undefined` for other calendars or digits, or a language that nobody knows
 */
export function readLanguage(text: string): Language | undefined {
  const [, sign = '', code = ''] = /^([^-]*)-?(.*)$/.exec(text) ?? [];
  // `[$€-2]` is how Excel marks a euro sign without a language.
  if (/^[0-9a-f]?$/i.test(code) || /^x-euro/i.test(code)) return { sign };
  if (/^[0-9a-f]{3,8}$/i.test(code)) return readNumber(sign, Number.parseInt(code, 16));
  if (/^x-sysdate$/i.test(code)) return { sign, system: 'date' };
  if (/^x-systime$/i.test(code)) return { sign, system: 'time' };
  const tag = knownTag(code);
  return tag === undefined ? undefined : { sign, tag };
}

/** The number is digits (8 bits), calendar (8 bits) and language (16 bits). */
function readNumber(sign: string, code: number): Language | undefined {
  if (!LATIN.has(code >>> 24) || !GREGORIAN.has((code >>> 16) & 0xff)) return undefined;
  const language = code & 0xffff;
  if (language === 0) return { sign };
  if (language === SYSTEM_DATE) return { sign, system: 'date' };
  if (language === SYSTEM_TIME) return { sign, system: 'time' };
  const { lcid } = formatLibraries();
  // Some codes name a language by its lower bits alone: `FC19` is Russian with inflected months.
  const name = lcid.from(language) ?? lcid.from(PRIMARY | (language & PRIMARY_MASK)) ?? '';
  const tag = knownTag(name.replaceAll('_', '-'));
  return tag === undefined ? undefined : { sign, tag };
}

function knownTag(tag: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}
