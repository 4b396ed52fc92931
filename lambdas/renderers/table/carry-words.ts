import { type ByLanguage, byLanguage } from './by-language.ts';

/** What is written about a table that a page does not end. */
export interface CarryWords {
  /** Before the running totals at a page's foot. */
  readonly forward: string;
  /** Before the same at the head of the next page. */
  readonly brought: string;
  /** Behind the name of a group that goes on. */
  readonly continued: string;
}

/**
 * As bookkeepers of the language write it. Neither CLDR nor a spreadsheet has these words; where they come from is in
 * docs/decisions/0051-carried-totals.md.
 */
const WORDS: ByLanguage<CarryWords> = {
  da: { forward: 'Transport', brought: 'Transport', continued: '(fortsat)' },
  de: { forward: 'Übertrag', brought: 'Übertrag', continued: '(Fortsetzung)' },
  es: { forward: 'Suma y sigue', brought: 'Suma anterior', continued: '(continuación)' },
  fi: { forward: 'Siirto', brought: 'Siirto', continued: '(jatkuu)' },
  fr: { forward: 'À reporter', brought: 'Report', continued: '(suite)' },
  it: { forward: 'A riportare', brought: 'Riporto', continued: '(segue)' },
  ja: { forward: '次頁繰越', brought: '前頁繰越', continued: '（続き）' },
  nl: { forward: 'Transport', brought: 'Transport', continued: '(vervolg)' },
  pl: { forward: 'Do przeniesienia', brought: 'Z przeniesienia', continued: '(cd.)' },
  pt: { forward: 'A transportar', brought: 'Transporte', continued: '(continuação)' },
  sv: { forward: 'Transport', brought: 'Transport', continued: '(forts.)' },
  tr: { forward: 'Nakli yekûn', brought: 'Nakli yekûn', continued: '(devamı)' },
  zh: { forward: '过次页', brought: '承前页', continued: '（续）' },
  'zh-Hant': { forward: '過次頁', brought: '承前頁', continued: '（續）' },
};

const ENGLISH: CarryWords = { forward: 'Carried forward', brought: 'Brought forward', continued: '(continued)' };

/** English where a language has no words here. @param locale BCP 47 */
export function carryWords(locale: string): CarryWords {
  return byLanguage(WORDS, locale) ?? ENGLISH;
}
