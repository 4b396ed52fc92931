import { crc32, deflateSync } from 'node:zlib';

const REGIONS = ['North', 'South', 'East', 'West'];
const ARABIC_REGIONS = ['الشمال', 'الجنوب', 'الشرق', 'الغرب'];

function amounts(i: number) {
  return [`2026-0${7 + (i % 3)}-1${i % 10}`, ((i * 7919) % 100_000) / 100, (i % 20) / 40, i % 3 !== 0];
}

/** A report with logo, groups and subtotals, in German conventions. */
export function salesWithGroups() {
  return {
    title: 'Sales by region',
    subtitle: 'Third quarter 2026, all channels',
    locale: 'de-DE',
    timeZone: 'Europe/Berlin',
    layout: { logo: logo(), header: 'Example AG\t\t{date}' },
    tables: [
      {
        name: 'Orders',
        groupBy: 'region',
        columns: [
          { key: 'region', label: 'Region' },
          { key: 'order', label: 'Order' },
          { key: 'shipped', label: 'Shipped', type: 'date' },
          { key: 'amount', label: 'Amount', type: 'currency', currency: 'EUR', total: 'sum' },
          { key: 'margin', label: 'Margin', type: 'percent', total: 'average' },
          { key: 'paid', label: 'Paid', type: 'boolean' },
          { key: 'note', label: 'Note' },
        ],
        rows: Array.from({ length: 48 }, (_, i) => [
          REGIONS[Math.floor(i / 12)],
          `A-${1000 + i}`,
          ...amounts(i),
          i % 7 === 3 ? 'Delivered late; the customer asked for a partial refund and was given a voucher' : 'As agreed',
        ]),
      },
    ],
  };
}

/** The same in Arabic: mirrored. */
export function salesInArabic() {
  return {
    title: 'المبيعات حسب المنطقة',
    subtitle: 'الربع الثالث من عام ٢٠٢٦',
    locale: 'ar-EG',
    timeZone: 'Africa/Cairo',
    layout: { logo: logo() },
    tables: [
      {
        name: 'الطلبات',
        groupBy: 'region',
        columns: [
          { key: 'region', label: 'المنطقة' },
          { key: 'order', label: 'الطلب' },
          { key: 'shipped', label: 'التاريخ', type: 'date' },
          { key: 'amount', label: 'المبلغ', type: 'currency', currency: 'EGP', total: 'sum' },
          { key: 'margin', label: 'الهامش', type: 'percent', total: 'average' },
          { key: 'paid', label: 'مدفوع', type: 'boolean' },
          { key: 'note', label: 'ملاحظة' },
        ],
        rows: Array.from({ length: 40 }, (_, i) => [
          ARABIC_REGIONS[Math.floor(i / 10)],
          `طلب ${1000 + i}`,
          ...amounts(i),
          i % 7 === 3 ? 'تأخر التسليم (ABC-12)؛ طلب العميل استردادًا جزئيًا' : 'كما اتفقنا',
        ]),
      },
    ],
  };
}

const LANGUAGES = 'en el ru ar fa ur he hi mr bn ta ml th km zh ja ko hy ka am dv vi'.split(' ');
const COUNTRIES = ['JP', 'EG', 'IN', 'BR', 'KR'];

/** The names of a few countries in many scripts. @param read a file of the package i18n-iso-countries, by language */
export function countries(read: (language: string) => string) {
  const named = new Intl.DisplayNames('en', { type: 'language' });
  const nameOf = new Intl.DisplayNames('en', { type: 'region' });
  return {
    title: 'Country names · Χώρες · Страны · الدول · מדינות · देश · 国家 · 나라',
    tables: [
      {
        columns: [
          { key: 'language', label: 'Language' },
          ...COUNTRIES.map((code) => ({ key: code, label: nameOf.of(code) ?? code })),
        ],
        rows: LANGUAGES.map((language) => {
          const names: Record<string, string | string[]> = JSON.parse(read(language)).countries;
          return [named.of(language) ?? language, ...COUNTRIES.map((code) => [names[code] ?? ''].flat()[0] ?? '')];
        }),
      },
    ],
  };
}

/** A ring and a bar, as a PNG without transparency. */
function logo() {
  const [width, height] = [240, 80];
  const pixels = Buffer.alloc(height * (1 + 3 * width), 255);
  for (let y = 0; y < height; y += 1) {
    pixels[y * (1 + 3 * width)] = 0;
    for (let x = 0; x < width; x += 1) pixels.set(colorOf(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))];
  const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
  return { contentType: 'image/png', base64: bytes.toString('base64') };
}

function colorOf(x: number, y: number): number[] {
  const distance = Math.hypot(x - 40, y - 40);
  if (distance < 20) return [245, 166, 35];
  if (distance < 34 || (x > 90 && x < 230 && y > 30 && y < 50)) return [23, 79, 133];
  return [255, 255, 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}
