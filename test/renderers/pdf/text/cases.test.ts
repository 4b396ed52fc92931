import { describe, expect, it } from 'vitest';
import {
  column,
  linesOf,
  objectsOf,
  type Pdf,
  POPPLER,
  QPDF,
  render,
  type TestTable,
  texts,
  type Word,
  warned,
  wordOf,
  wordsOf,
} from '../support.ts';

/** The lines below the header of a report of one table. */
async function shown(table: TestTable, report: Record<string, unknown> = {}): Promise<string[]> {
  const pdf = await render({ title: 'T', layout: { footer: '' }, ...report, tables: [table] });
  expect(warned(pdf)).toEqual({});
  const lines = linesOf(pdf);
  return lines.slice(lines.indexOf('c0') + 1);
}

/** The sign of a currency that no font has: the Saudi riyal's, which Unicode has since version 17. */
const UNKNOWN_SIGNS = '\u20c1';

/** A word that runs from right to left: where poppler tells places, it says text in the order that it is seen. */
function seen(pdf: Pdf, text: string): Word {
  const turned = Array.from(text).reverse().join('');
  return wordOf(pdf, wordsOf(pdf).find((word) => word.text.startsWith(turned))?.text ?? turned);
}

const narrow = (text: string, width: number): TestTable => texts([[text]], { width });

describe.skipIf(!POPPLER)('text in a cell', () => {
  it.each([
    ['a tab', '\t'],
    ['a unit separator', '\x1f'],
  ])('has a gap where %s parts words, whether it wraps or not', async (_, gap) => {
    expect(await shown(texts([[`Name${gap}Value`]]))).toEqual(['Name Value']);
    expect(await shown(texts([[`Name${gap}Value`]], { wrap: false }))).toEqual(['Name Value']);
  });

  it('has a wider gap for a tab than for a space', async () => {
    const pdf = await render({ tables: [texts([['Tab\tafter'], ['Tabu space']])] });
    const gap = (left: string, right: string): number => wordOf(pdf, right).left - wordOf(pdf, left).right;
    expect(gap('Tab', 'after')).toBeGreaterThan(3 * gap('Tabu', 'space'));
  });

  it.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\x1e'])(
    'begins a new line at %j, and has a gap there where it does not wrap',
    async (end) => {
      expect(await shown(texts([[`one${end}two`]]))).toEqual(['one', 'two']);
      expect(await shown(texts([[`one${end}two`]], { wrap: false }))).toEqual(['one two']);
    },
  );

  it('has gaps there in titles and labels, too', async () => {
    const pdf = await render({
      title: 'Alpha\tBeta\vGamma',
      layout: { footer: '' },
      tables: [{ columns: [{ key: 'k', label: 'D\tE' }], rows: [['x']], name: 'Phi\u2028Psi' }],
    });
    expect(linesOf(pdf).filter((line) => !line.includes(':'))).toEqual(['Alpha Beta Gamma', 'Phi Psi', 'D E', 'x']);
  });

  it('shows signs that belong to no script in whatever font has them', async () => {
    const signs = ['≤ 5 mg, ≥ 7, ≠ 0, ≈ 3, ∞, ∑, √2, ∫, A ⇒ B', '┌─┐ │ █ ▒'];
    expect(await shown(texts(signs.map((text) => [text])))).toEqual(signs);
  });

  it('shows the sign of every currency', async () => {
    const signs = Array.from({ length: 0xffff }, (_, i) => String.fromCharCode(i)).filter(
      (sign) => /\p{Sc}/u.test(sign) && !UNKNOWN_SIGNS.includes(sign),
    );
    const pdf = await render({ tables: [texts(signs.map((sign) => [sign]))] });
    expect(warned(pdf)).toEqual({});
  });

  it('shows the baht sign before amounts and totals', async () => {
    const table = column({ type: 'currency', currency: 'THB', total: 'sum' }, [1234.5]);
    const pdf = await render({ title: 'ราคา', locale: 'th-TH', tables: [table] });
    expect(linesOf(pdf).filter((line) => line.includes('฿1,234.50'))).toHaveLength(2);
    expect(warned(pdf)).toEqual({});
  });

  it('keeps the direction of its paragraph on a line that begins in the other', async () => {
    const text = 'The annual report said that revenue rose, in all markets. شركة النور فازت. End of text.';
    const pdf = await render({ layout: { footer: '' }, tables: [narrow(text, 24)] });
    expect(wordOf(pdf, 'text.').left).toBeGreaterThan(seen(pdf, 'شركة').right);
    const line = wordOf(pdf, 'End').top;
    expect(seen(pdf, 'شركة').top).toBeCloseTo(line, 0);
  });

  it('runs from left to right in a paragraph that begins so, in whatever language the report is', async () => {
    const pdf = await render({ locale: 'ar-EG', tables: [texts([['Alpha شركة.']])] });
    expect(wordOf(pdf, 'Alpha').right).toBeLessThan(seen(pdf, 'شركة').left);
  });

  it('shows a soft hyphen where a line ends with it, as the text says, and nowhere else', async () => {
    const text = 'Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesellschafts\u00adkapitän';
    expect(await shown(narrow(text, 16))).toEqual(['Donaudampfschiff\u00ad', 'fahrtsgesellschafts\u00ad', 'kapitän']);
    expect(await shown(texts([['Do\u00adnau']]))).toEqual(['Donau']);
    expect(await shown(texts([['Donau\u00ad']]))).toEqual(['Donau']);
  });
});

describe.skipIf(!QPDF)('the reading order that a tagged cell tells', () => {
  const actualTexts = async (text: string, width: number): Promise<string[]> => {
    const objects = objectsOf(await render({ tables: [narrow(text, width)] }));
    return Array.from(objects.matchAll(/\/ActualText <feff([0-9a-f]*)>/g), ([, hex]) =>
      Buffer.from(hex as string, 'hex')
        .swap16()
        .toString('utf16le'),
    );
  };

  it('is the whole text, with the lines that are not reordered', async () => {
    const text = 'The annual report said that revenue rose, in all markets. شركة النور فازت. End of text.';
    expect(await actualTexts(text, 24)).toEqual([text]);
  });

  it('is told of titles, labels and groups, too', async () => {
    const table = { name: 'الطلبات', groupBy: 'g', columns: [{ key: 'g', label: 'المنطقة' }], rows: [['شمال']] };
    const objects = objectsOf(await render({ title: 'التقرير', subtitle: 'السنوي', tables: [table] }));
    const told = Array.from(objects.matchAll(/\/ActualText <feff([0-9a-f]*)>/g), ([, hex]) => hex);
    for (const text of ['التقرير', 'السنوي', 'الطلبات', 'المنطقة', 'شمال']) {
      expect(told).toContain(Buffer.from(text, 'utf16le').swap16().toString('hex'));
    }
  });

  it('says each line once, however many pages a cell goes over', async () => {
    const words = Array.from({ length: 4000 }, (_, i) => `كلمة${i}`).join(' ');
    const parts = await actualTexts(words, 24);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.join(' ')).toBe(words);
  });
});
