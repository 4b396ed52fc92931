import { describe, expect, it } from 'vitest';
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
