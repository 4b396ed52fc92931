import type { LocaleConventions } from '../locale.ts';

/** Puts a locale's own digits and percent sign into what was formatted, but not into text that the format quotes. */
export interface Signs {
  /** Marks what is to stay in a text that the format quotes. */
  readonly keep: (text: string) => string;
  readonly localize: (text: string) => string;
  /** Takes the marks off. */
  readonly release: (text: string) => string;
}

/** Noncharacters, which no format holds, stand for the digits and the percent sign of quoted text. */
const FIRST_MARK = 0xfdd0;
const SIGNS = '0123456789%';
const same = (text: string): string => text;

export function signsOf({ digits, percentSign }: LocaleConventions): Signs {
  const local = [...digits, percentSign];
  if (local.join('') === SIGNS) return { keep: same, localize: same, release: same };
  return {
    keep: (text) => text.replace(/[0-9%]/g, (sign) => String.fromCharCode(FIRST_MARK + SIGNS.indexOf(sign))),
    localize: (text) => text.replace(/[0-9%]/g, (sign) => local[SIGNS.indexOf(sign)] as string),
    release: (text) => text.replace(/[\ufdd0-\ufdda]/g, (mark) => SIGNS[mark.charCodeAt(0) - FIRST_MARK] as string),
  };
}
