import { expect, it } from 'vitest';
import { totalWord } from '../../../lambdas/renderers/table/words.ts';
import { yesNo } from '../../../lambdas/renderers/table/yes-no.ts';

it.each([
  ['ca-ES', 'Total'],
  ['nn-NO', 'Totalt'],
  ['no', 'Totalt'],
  ['ms-MY', 'Jumlah'],
  ['sr-RS', 'Укупно'],
  ['sr-Latn-RS', 'Ukupno'],
  ['zh-CN', '合计'],
  ['zh-TW', '合計'],
  ['zh-Hant-HK', '合計'],
  ['yue-HK', '合計'],
  ['bn-BD', 'মোট'],
  ['de-AT', 'Summe'],
])('a total is called in %s: %s', (locale, word) => expect(totalWord(locale)).toBe(word));

it.each(['en-US', 'haw', 'bs-Cyrl', 'az-Arab'])(
  'a total is called in English where %s has no word, or none in its script',
  (locale) => expect(totalWord(locale)).toBe('Total'),
);

it.each([
  ['sr-Latn', 'da', 'ne'],
  ['sr', 'да', 'не'],
  ['uz-Cyrl', 'ҳа', 'йўқ'],
  ['bs', 'da', 'ne'],
  ['pa-Arab', 'ہاں', 'نہيں'],
  ['zh-TW', '是', '否'],
  ['is-IS', 'já', 'nei'],
  ['az-Cyrl', '✓', '✗'],
  ['haw', '✓', '✗'],
])('booleans read in %s: %s and %s', (locale, yes, no) => expect(yesNo(locale)).toEqual({ yes, no }));
