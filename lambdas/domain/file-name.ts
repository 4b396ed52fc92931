import type { Format } from './formats.ts';

/** What file systems take of a name, in bytes of UTF-8, with the extension. */
const MAX_BYTES = 255;
/** In characters as a reader counts them; longer names are cut by dialogs and lists. */
const MAX_CHARACTERS = 100;
/** Says where a word may be parted and is not shown; a name is not parted. */
const SOFT_HYPHEN = /\u00ad/g;
/**
 * Control and format characters, what Windows, macOS or a header would trip over, and halves of surrogate pairs. Joiners
 * stay: words of Persian and Sinhala and most emoji of several people are written with them.
 */
const FORBIDDEN = /(?:[\p{Cc}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|]|(?![\u200c\u200d])\p{Cf})+/gu;
/** A joiner with nothing on one of its sides joins nothing. */
const LOOSE_JOINERS = /(?<![^\s\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu;
/**
 * Devices that Windows opens instead of a file, whatever extension follows; the digits are also its superscripts.
 * @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d\u00b9\u00b2\u00b3]) *(?:\.|$)/i;

/** A file name that every system takes, from what the client asked for or from the title. */
export function fileNameFor(wanted: string, format: Format): string {
  const extension = `.${format}`;
  const base = wanted.toLowerCase().endsWith(extension) ? wanted.slice(0, -extension.length) : wanted;
  const clean = base
    .normalize('NFC')
    .replace(SOFT_HYPHEN, '')
    .replace(FORBIDDEN, ' ')
    .replace(LOOSE_JOINERS, '')
    .replace(/\s+/g, ' ');
  const name = trimmed(cut(trimmed(clean), MAX_BYTES - extension.length));
  return `${name === '' || RESERVED.test(name) ? 'report' : name}${extension}`;
}

/** Cuts between characters as a reader sees them: half an emoji, or a letter without its accent, would be another name. */
function cut(text: string, maxBytes: number): string {
  let kept = '';
  let bytes = 0;
  let characters = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    characters += 1;
    if (bytes > maxBytes || characters > MAX_CHARACTERS) break;
    kept += segment;
  }
  return kept;
}

function trimmed(text: string): string {
  return text.replace(/^[. ]+|[. ]+$/g, '');
}
