/** The word for "Total", by language. Others get the English one. */
const TOTAL: Record<string, string> = {
  ar: 'الإجمالي',
  bg: 'Общо',
  cs: 'Celkem',
  da: 'I alt',
  de: 'Summe',
  el: 'Σύνολο',
  es: 'Total',
  et: 'Kokku',
  fa: 'جمع کل',
  fi: 'Yhteensä',
  fr: 'Total',
  he: 'סה״כ',
  hi: 'कुल',
  hr: 'Ukupno',
  hu: 'Összesen',
  id: 'Jumlah',
  it: 'Totale',
  ja: '合計',
  ko: '합계',
  lt: 'Iš viso',
  lv: 'Kopā',
  nb: 'Totalt',
  nl: 'Totaal',
  no: 'Totalt',
  pl: 'Razem',
  pt: 'Total',
  ro: 'Total',
  ru: 'Итого',
  sk: 'Spolu',
  sl: 'Skupaj',
  sv: 'Totalt',
  th: 'รวม',
  tr: 'Toplam',
  uk: 'Разом',
  vi: 'Tổng cộng',
  zh: '合计',
};

/** @param locale BCP 47 */
export function totalWord(locale: string): string {
  return TOTAL[new Intl.Locale(locale).language] ?? 'Total';
}
