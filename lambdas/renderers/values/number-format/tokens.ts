export type TokenKind =
  | 'quoted'
  | 'escaped'
  | 'bare'
  | 'language'
  | 'condition'
  | 'none'
  | 'modifier'
  | 'exponent'
  | 'date'
  | 'number'
  | 'section'
  | 'minus';

/** A piece of a number format (ECMA-376 part 1, 18.8.31). */
export interface FormatToken {
  readonly kind: TokenKind;
  /** What stands inside quotes, behind a backslash, or between `[$` and `]`; of other kinds all of it. */
  readonly text: string;
}

/** What each kind is written as, in the order in which they are tried. */
const KINDS: Record<TokenKind, RegExp> = {
  quoted: /"([^"]*)"/,
  escaped: /\\(.)/,
  bare: /([$+():!^&'~{}<>= ]|[^\x20-\x7e])/,
  language: /\[\$([^\]]*)\]/,
  condition: /(\[(?:<[=>]?|>=?|=)-?\d+(?:\.\d+)?\])/,
  modifier:
    /([_*]\\?[^\\\u{10000}-\u{10ffff}]|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?(?:[1-9]|[1-4]\d|5[0-6]))\])/u,
  // Excel marks some dates so; it shows nothing.
  none: /(\[ENG\])/,
  exponent: /(E[+-])/,
  date: /(y+|m+|d+|h+|s+|e+|b+(?![12])|\[(?:h+|m+|s+)\]|AM\/PM|A\/P)/,
  number: /(General|\/[1-9]\d*|[0#?.,%@/])/,
  section: /(;)/,
  minus: /(-)/,
};
const NAMES = Object.keys(KINDS) as TokenKind[];
const TOKEN = new RegExp(NAMES.map((kind) => KINDS[kind].source).join('|'), 'iuy');

/** Nothing that a number format shows: controls, line ends among them, marks that turn the direction, half pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSHOWN = /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}|\p{Noncharacter_Code_Point}/u;

/** A format in pieces; `undefined` where it is none: letters that are no code must be quoted. */
export function tokensOf(format: string): FormatToken[] | undefined {
  if (UNSHOWN.test(format)) return undefined;
  const tokens: FormatToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < format.length) {
    const match = TOKEN.exec(format);
    if (match === null) return undefined;
    const at = match.findIndex((group, i) => i > 0 && group !== undefined);
    // A great E alone is no year to Excel, which takes all other letters in either case.
    if (match[0].startsWith('E') && NAMES[at - 1] === 'date') return undefined;
    tokens.push({ kind: NAMES[at - 1] as TokenKind, text: match[at] as string });
  }
  return tokens;
}
