import type { Dice } from './dice.ts';

/** Units whose repetition has cost somebody more than its length: shaping, directions, breaking, parsing, markup. */
const UNITS = [
  '\u2060',
  '\u200d',
  '\u200b',
  '\u2067',
  '\u2067a\u2069',
  '\u2068. ',
  '\u202bא\u202c',
  'א1',
  'ا1+$',
  'aא',
  'א(',
  '(א)[a]',
  '\u0301',
  '\u05b0',
  'ب',
  'سلام ',
  'a',
  'W',
  'lorem ',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u2028',
  '\u0085',
  'a/',
  'ab\u00ad',
  'สวัสดีครับ',
  'हिन्दी',
  'ཀྵྐ',
  'க்ஷ',
  'ꦏ꧀ꦏ',
  '👩‍👩‍👧',
  '👍🏽',
  '🇩🇪',
  '1️⃣',
  '𝒜𞤀',
  '漢',
  'ｶﾞ',
  '각',
  'ᄀ',
  '\u{f0000}\u0378',
  '≤√┌฿',
  '\ud800',
  '\u0000',
  '\uffff',
  '\u007f',
  '&<>"\'',
  '_x0041_',
  '=1+1',
  '{page}{title}',
  '\ufe0f',
  'ﷺ',
  'ß',
  'İ',
  '\u{e0041}',
] as const;

/** Short texts that a reader may stumble on in the middle of a longer one. */
const SHARP = ['1', 'x', 'א', '\u0301', '"', "'", '\\', '%', '-', '.', 'e', '', '\u202e'] as const;

/** One unit again and again, at times with something sharp before and behind. */
export function repeated(dice: Dice, length: number): string {
  const unit = dice.pick(UNITS);
  const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  return dice.chance(0.5) ? `${dice.pick(SHARP)}${text.slice(2)}${dice.pick(SHARP)}` : text;
}

/** Units in any order. */
export function mixed(dice: Dice, length: number): string {
  let text = '';
  while (text.length < length) text += dice.pick(UNITS);
  return text.slice(0, length);
}

/** What nearly is a number, a date, a length of time or an address: a reader comes to its end before it finds out. */
export function nearly(dice: Dice, length: number): string {
  const digits = (count: number) => dice.pick(['1', '0', '9']).repeat(count);
  const half = Math.floor(length / 2);
  const shapes: (() => string)[] = [
    () => `${digits(length)}x`,
    () => `1.${'0'.repeat(length)}1`,
    () => `${digits(half)}.${digits(half)}${dice.pick(['', '%', ' %', 'e', 'x'])}`,
    () => `0.${'0'.repeat(length)}1%`,
    () => `1e${digits(length)}`,
    () => `${'+'.repeat(length)}1`,
    () => `${' '.repeat(half)}1${' '.repeat(half)}x`,
    () => `P${digits(length)}${dice.pick(['D', 'W', 'Y', 'x'])}`,
    () => `PT${digits(half)}.${digits(half)}${dice.pick(['H', 'S', 'x'])}`,
    () => `${digits(length)}:00:00.${digits(20)}`,
    () => `2026-01-01T10:00:00.${digits(length)}${dice.pick(['', 'Z', '+01:00', 'x'])}`,
    () => `https://${'a.'.repeat(half)}`,
    () => `https://a/${'../a/'.repeat(half / 3)}`,
    () => `https://a/?${'ü'.repeat(half)}`,
    () => `mailto:${'a@'.repeat(half)}`,
    () => `${'1,'.repeat(half)}000`,
    () => 'true'.repeat(half / 2),
  ];
  return dice
    .pick(shapes)()
    .slice(0, length + 40);
}

/** Any of the three. */
export function nasty(dice: Dice, length: number): string {
  return dice.pick([repeated, repeated, mixed, nearly])(dice, length).slice(0, length);
}

/** The same without half a surrogate pair, for what is refused with one. */
export function nastyName(dice: Dice, length: number): string {
  return nasty(dice, length)
    .slice(0, length)
    .replaceAll(/\p{Surrogate}/gu, '?');
}
