import type { Format } from './formats.ts';

const MAX_LENGTH = 100;
/** Control and format characters, what Windows, macOS or a header would trip over, and halves of surrogate pairs. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|]+/gu;
/** Device names that Windows opens instead of a file. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name that every system takes, from what the client asked for or from the title. */
export function fileNameFor(wanted: string, format: Format): string {
  const extension = `.${format}`;
  const base = wanted.toLowerCase().endsWith(extension) ? wanted.slice(0, -extension.length) : wanted;
  const clean = base.normalize('NFC').replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim();
  const cut = [...clean]
    .slice(0, MAX_LENGTH)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  return `${cut === '' || RESERVED.test(cut) ? 'report' : cut}${extension}`;
}
