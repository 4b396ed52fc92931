/** Reports that are wider than their paper, and the same sheet in ten locales. */

const WORDS = ['harbour', 'copper', 'a longer note on the delivery', 'ridge', 'two pallets', 'returned', 'signal'];
const ARABIC = ['ميناء', 'نحاس', 'ملاحظة أطول عن التسليم', 'سلسلة', 'منصتان', 'مرتجع', 'إشارة'];

/** Columns of text, numbers, amounts and days in turn, after one that names the row. @param columns how many in all */
export function wide(columns: number, locale = 'en-GB') {
  const words = locale.startsWith('ar') ? ARABIC : WORDS;
  const kinds = [{}, { type: 'number' }, { type: 'currency', currency: 'EUR', total: 'sum' }, { type: 'date' }];
  const kindOf = (c: number) => kinds[c % kinds.length] ?? {};
  const cell = (row: number, c: number) => {
    if (c % 4 === 0) return words[(row * 3 + c) % words.length] ?? null;
    return c % 4 === 3
      ? `2026-${String(1 + ((row + c) % 12)).padStart(2, '0')}-17`
      : ((row + 7) * (c + 3) * 113.27) % 90_000;
  };
  return {
    title: locale.startsWith('ar') ? `${columns} عمودًا` : `${columns} columns`,
    locale,
    tables: [
      {
        columns: [
          { key: 'name', label: locale.startsWith('ar') ? 'العميل' : 'Customer' },
          ...Array.from({ length: columns - 1 }, (_, c) => ({
            key: `c${c}`,
            label: `${words[c % 2]} ${c + 2}`,
            ...kindOf(c),
          })),
        ],
        rows: Array.from({ length: 60 }, (_, row) => [
          `${words[row % words.length]} ${row + 1}`,
          ...Array.from({ length: columns - 1 }, (_, c) => cell(row, c)),
        ]),
      },
    ],
  };
}

/** Each has digits, signs, months, a currency or a direction that others have not. */
export const LOCALES = {
  'de-CH': { currency: 'CHF', title: 'Konten' },
  'fr-FR': { currency: 'EUR', title: 'Comptes' },
  'tr-TR': { currency: 'TRY', title: 'Hesaplar' },
  'hi-IN': { currency: 'INR', title: 'खाते' },
  'th-TH': { currency: 'THB', title: 'บัญชี' },
  'ja-JP': { currency: 'JPY', title: '勘定' },
  'zh-TW': { currency: 'TWD', title: '帳戶' },
  'ar-EG': { currency: 'EGP', title: 'الحسابات' },
  'fa-IR': { currency: 'IRR', title: 'حساب‌ها' },
  'he-IL': { currency: 'ILS', title: 'חשבונות' },
} as const;

/** The same amounts, shares, days and hours, as people of the locale write them. */
export function accounts(locale: keyof typeof LOCALES) {
  const { currency, title } = LOCALES[locale];
  return {
    title,
    locale,
    layout: { page: 'A5', orientation: 'landscape', footer: '' },
    tables: [
      {
        columns: [
          { key: 'account', label: 'SKR', type: 'integer' },
          { key: 'amount', label: currency, type: 'currency', currency, total: 'sum' },
          { key: 'share', label: '%', type: 'percent' },
          { key: 'day', label: '24/7', type: 'date' },
          { key: 'paid', label: '✓', type: 'boolean' },
          { key: 'hours', label: '⌚', type: 'duration', total: 'sum' },
        ],
        rows: [
          [1200, 1_234_567.5, 0.125, '2026-03-05', true, 93_784],
          [1210, -48_290.35, -0.0475, '2026-11-24', false, 5400],
          [1220, 0, 1, '2027-01-31', null, 0],
        ],
      },
    ],
  };
}
