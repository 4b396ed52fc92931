import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnType } from '../../../lambdas/domain/request.ts';
import { cellParser } from '../../../lambdas/renderers/table/types/index.ts';
import { linkTarget } from '../../../lambdas/renderers/values/links.ts';
import { conventionsOf } from '../../../lambdas/renderers/values/locale.ts';
import { formatDisplay } from '../../../lambdas/renderers/values/number-format/display.ts';
import { loadLibraries } from '../../../lambdas/renderers/values/number-format/library.ts';
import { cleanText } from '../../../lambdas/renderers/values/text.ts';

const SHORT = 10_000;
/** A quadratic reader is to fail at the first of these: at the second it would take hours. */
const LENGTHS = [100_000, 1_000_000];
/** Short texts as long as one long one together take the same time, give or take caches; of a quadratic reader, a tenth. */
const MOST = 4;
/** Less than this is noise, in ms. */
const FLOOR = 10;

/** Texts that a reader with two repeats for the same characters, or with one that starts anywhere, is slow for. */
const WORST: Record<string, (length: number) => string> = {
  digits: (n) => `${'1'.repeat(n)}x`,
  'digits with a point': (n) => `${'1'.repeat(n)}.${'1'.repeat(n)}x`,
  'zeros inside': (n) => `1.${'0'.repeat(n)}1`,
  'zeros inside, in percent': (n) => `1.${'0'.repeat(n)}1%`,
  'zeros before': (n) => `${'0'.repeat(n)}1e5`,
  'an exponent': (n) => `1e${'1'.repeat(n)}`,
  signs: (n) => '+'.repeat(n),
  blanks: (n) => `1${' '.repeat(n)}1`,
  'blanks around': (n) => `${' '.repeat(n)}1${' '.repeat(n)}`,
  percents: (n) => `1${'%'.repeat(n)}`,
  'a duration': (n) => `P${'1'.repeat(n)}`,
  'a duration of decimals': (n) => `PT${'1'.repeat(n)}.${'1'.repeat(n)}H${'1'.repeat(n)}.${'1'.repeat(n)}`,
  'a clock': (n) => `${'1'.repeat(n)}:00:00.${'0'.repeat(n)}x`,
  'a date': (n) => `2026-01-01T10:00:00.${'1'.repeat(n)}`,
  'a date with blanks': (n) => `2026-01-01T10:00${' '.repeat(n)}`,
  'an address': (n) => `https://${'a'.repeat(n)}`,
  'an address of dots': (n) => `https://${'a.'.repeat(n)}`,
  'an address of escapes': (n) => `https://a/${'ü'.repeat(n)}`,
  'an address of steps': (n) => `https://a/${'../a/'.repeat(n)}`,
  'a mail address': (n) => `mailto:${'a'.repeat(n)}`,
  'at signs': (n) => `mailto:${'a@'.repeat(n)}`,
  'carriage returns': (n) => '\r'.repeat(n),
  'half pairs': (n) => '\ud83d'.repeat(n),
  'control characters': (n) => 'a\u0001'.repeat(n),
};

/** Types whose cells are read, one for each parser. */
const READ_TYPES: ColumnType[] = ['number', 'percent', 'boolean', 'date', 'datetime', 'duration'];

/** A text in a column whose format has a section for texts. */
function formatted(text: string): string {
  return formatDisplay('0;-0;0;"<"@">"', 'number', conventionsOf('ar-EG'), String).text(text);
}

const READERS: Record<string, (text: string) => unknown> = {
  cleanText,
  formatted,
  linkTarget,
  ...Object.fromEntries(READ_TYPES.map((type) => [`the parser of ${type}`, cellParser(type, 'Europe/Berlin')])),
};

/** The least CPU time of some runs, in ms: what others do on the machine only ever adds. */
function leastTime(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4; run += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** A text whose characters lie side by side, as those of a parsed request do: `repeat` alone makes a tree of halves. */
function flat(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

beforeAll(loadLibraries);

describe.each(Object.entries(READERS))('%s takes time in proportion to the text', (_name, read) => {
  it.each(Object.keys(WORST))('for %s', (kind) => {
    const make = WORST[kind] as (length: number) => string;
    const short = flat(make(SHORT));
    for (const length of LENGTHS) {
      const long = flat(make(length));
      const many = leastTime(() => {
        for (let i = 0; i < length / SHORT; i += 1) read(short);
      });
      expect(leastTime(() => read(long))).toBeLessThan(MOST * Math.max(many, FLOOR));
    }
  });
});
