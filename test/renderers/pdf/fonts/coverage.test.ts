import { describe, expect, it } from 'vitest';
import { FallbackFonts } from '../../../../lambdas/renderers/pdf/fonts/fallback.ts';
import { harfBuzz } from '../../../../lambdas/renderers/pdf/fonts/harfbuzz.ts';
import { latinFont } from '../../../../lambdas/renderers/pdf/fonts/open-fonts.ts';
import { withLibraries } from '../../../../lambdas/renderers/pdf/late-library.ts';
import { linesOf, objectsOf, POPPLER, QPDF, render, texts, warned } from '../support.ts';

const SAMPLES = {
  Tibetan: 'བོད་ཀྱི་སྐད་ཡིག',
  Syriac: 'ܠܫܢܐ ܣܘܪܝܝܐ',
  Cherokee: 'ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ',
  Tifinagh: 'ⵜⴰⵎⴰⵣⵉⵖⵜ',
  Mongolian: 'ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ',
  Javanese: 'ꦧꦱꦗꦮ',
  Oriya: 'ଓଡ଼ିଆ ଭାଷା',
  'Canadian syllabics': 'ᐃᓄᒃᑎᑐᑦ ᓀᐦᐃᔭᐍᐏᐣ',
  Balinese: 'ᬪᬵᬱᬩᬮᬶ',
  Sundanese: 'ᮘᮞ ᮞᮥᮔ᮪ᮓ',
  Vai: 'ꕙꔤ ꕞꕌ',
  'Ol Chiki': 'ᱥᱟᱱᱛᱟᱲᱤ ᱯᱟᱹᱨᱥᱤ',
  'Meetei Mayek': 'ꯃꯤꯇꯩꯂꯣꯟ',
  Lisu: 'ꓡꓲ-ꓢꓴ',
  Osage: '𐓏𐓘𐓻𐓘𐓻𐓟',
  'Tai Le': 'ᥖᥭᥰᥖᥬᥲ',
  'Tai Tham': 'ᨣᩤᩴᨾᩮᩬᩥᨦ',
  'mathematical letters': '𝐀𝑏𝒞𝔇𝔼𝖥 𝛼𝟙 ℝℂ ∀x∈𝔸: ∂f/∂x ≤ ∞',
  arrows: '← ↑ → ↓ ⇄ ⟶ ⟹',
  boxes: '┌─┬─┐ │ ├ ┼ ┤ └ ┘ ═ ║ █ ▓ ░ ■ □ ▲ ◆ ●',
};

/** Written from right to left, which poppler does not know of them. */
const TURNED = { "N'Ko": 'ߒߞߏ ߞߊ߲ ߁߂߃', Adlam: '𞤊𞤵𞤤𞤬𞤵𞤤𞤣𞤫' };

describe.skipIf(!QPDF)('a report', () => {
  it.each(Object.entries(TURNED))('shows %s, and tells its reading order', async (_, text) => {
    const pdf = await render({ tables: [texts([[text]])] });
    expect(warned(pdf)).toEqual({});
    const hex = Buffer.from(text, 'utf16le').swap16().toString('hex');
    expect(objectsOf(pdf)).toContain(`/ActualText <feff${hex}>`);
  });
});

describe.skipIf(!POPPLER)('a report', () => {
  it.each(Object.entries(SAMPLES))('shows and copies %s', async (_, text) => {
    const pdf = await render({ title: 'T', layout: { footer: '' }, tables: [texts([[text]])] });
    expect(warned(pdf)).toEqual({});
    // Around words from right to left poppler puts spaces where it thinks best.
    expect(linesOf(pdf).map((line) => line.replaceAll(' ', ''))).toContain(text.replaceAll(' ', ''));
  });
});

/** All characters that two bytes of an encoding stand for, private ones aside. */
function charactersOf(encoding: string): number[] {
  const decoder = new TextDecoder(encoding);
  const found = new Set<number>();
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x40; trail < 0xff; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      const codePoint = text.codePointAt(0) as number;
      const isOne = text.length === (codePoint > 0xffff ? 2 : 1);
      if (isOne && codePoint !== 0xfffd && !/\p{Co}/u.test(text)) found.add(codePoint);
    }
  }
  return [...found];
}

describe('the fonts', () => {
  it.each([
    { encoding: 'gb2312', locale: 'zh-CN', least: 21_000 },
    { encoding: 'big5', locale: 'zh-TW', least: 13_000 },
    { encoding: 'shift_jis', locale: 'ja-JP', least: 6800 },
    { encoding: 'euc-kr', locale: 'ko-KR', least: 8000 },
  ])('have all characters of $encoding', async ({ encoding, locale, least }) => {
    const fonts = new FallbackFonts(locale);
    const latin = latinFont('regular');
    const characters = charactersOf(encoding);
    await withLibraries(() => void harfBuzz());
    const missing = characters.filter((one) => latin.glyphOf(one) === 0 && fonts.find(one, 'regular') === undefined);
    expect(missing.map((one) => one.toString(16))).toEqual([]);
    expect(characters.length).toBeGreaterThan(least);
  });
});
