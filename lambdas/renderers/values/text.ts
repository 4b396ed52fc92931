/** Anything that {@link cleanText} may have to change. Clean text, nearly all there is, pays for this test alone. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const SUSPECT = /[\0-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]/;

/** What XML 1.0 cannot carry even as a reference (https://www.w3.org/TR/xml/#charsets). No font shows them either. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** In a Unicode regular expression a surrogate only matches where its other half is missing. */
const HALF_PAIR = /\p{Surrogate}/gu;

/**
 * The text as it can stand in a file: characters that XML forbids are dropped, half surrogate pairs become U+FFFD, and
 * every line ends in a line feed, because an XML reader would make that of a carriage return anyway.
 */
export function cleanText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(HALF_PAIR, '\ufffd').replace(ILLEGAL, '').replace(/\r\n?/g, '\n');
}
