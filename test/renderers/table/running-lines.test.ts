import { describe, expect, it } from 'vitest';
import { linesOf, POPPLER, warned, wordOf } from '../pdf/support.ts';
import { sheetXml, type Workbook, warned as warnedOf } from '../xlsx/support.ts';
import { renderBoth } from './both.ts';

/** The codes of a sheet's header and footer. */
function codesOf(workbook: Workbook): { header: string | undefined; footer: string | undefined } {
  const read = (name: string) =>
    new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(sheetXml(workbook))?.[1]?.replaceAll('&amp;', '&');
  return { header: read('oddHeader'), footer: read('oddFooter') };
}

function render(title: string, layout: Record<string, unknown>, locale = 'en-US') {
  return renderBoth({
    title,
    locale,
    layout: { page: 'A4', ...layout },
    tables: [{ columns: [{ key: 'a' }], rows: [['x']] }],
  });
}

describe.runIf(POPPLER)('header and footer', () => {
  it.each([
    ['Name\tValue', {}, '&LName Value&R&P / &N', 'Name Value 1/1'],
    ['Invoice {page} of {pages}', {}, '&LInvoice {page} of {pages}&R&P / &N', 'Invoice {page} of {pages} 1/1'],
    ['-10 degrees', { footer: '{page}{title}' }, '&C&P -10 degrees', '1-10 degrees'],
    ['R&D {date}', { footer: '{title}' }, '&CR&&D {date}', 'R&D {date}'],
    ['T', { footer: 'of {pages}{page}{title}{date}' }, '&Cof &N&PT11/24/2026', 'of 11T11/24/2026'],
    ['$& $1', { footer: '{title}' }, '&C$&& $1', '$& $1'],
  ])('with the title %j and %o say the same in both files', async (title, layout, codes, line) => {
    const { xlsx, pdf } = await render(title, layout);
    expect(codesOf(xlsx).footer).toBe(codes);
    expect(linesOf(pdf).at(-1)?.replaceAll(' / ', '/')).toBe(line);
  });

  it.each([
    ['en-US', '&LBegin&CMiddle&REnd'],
    ['he-IL', '&LEnd&CMiddle&RBegin'],
  ])('are parted by tabs into start, centre and end in %s', async (locale, codes) => {
    const { xlsx, pdf } = await render('T', { header: 'Begin\tMiddle\tEnd' }, locale);
    expect(codesOf(xlsx).header).toBe(codes);
    const lefts = ['Begin', 'Middle', 'End'].map((word) => wordOf(pdf, word).left);
    expect(lefts.toSorted((a, b) => a - b)).toEqual(locale === 'en-US' ? lefts : lefts.toReversed());
  });

  it('lose nothing behind a third tab', async () => {
    const { xlsx, pdf } = await render('T', { footer: 'a\tb\tc\td' });
    expect(codesOf(xlsx).footer).toBe('&La&Cb&Rcd');
    expect(linesOf(pdf).at(-1)).toBe('a b cd');
  });

  it('write the day as the locale does, with its digits', async () => {
    const { xlsx, pdf } = await render('T', { footer: '{date}' }, 'fa-IR');
    expect(codesOf(xlsx).footer).toBe('&C۲۰۲۶/۱۱/۲۴');
    expect(linesOf(pdf).at(-1)).toContain('۲۴');
  });

  it('tell of characters that no file can hold', async () => {
    const { xlsx, pdf } = await render('T', { footer: 'a\u0001b' });
    expect(codesOf(xlsx).footer).toBe('&Cab');
    expect([warnedOf(xlsx), warned(pdf)]).toEqual([{ CHARACTERS_DROPPED: 1 }, { CHARACTERS_DROPPED: 1 }]);
  });
});
