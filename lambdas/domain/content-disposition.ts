/** What `encodeURIComponent` leaves alone but RFC 5987's `attr-char` does not allow. */
const NOT_ATTR_CHAR = /['()*]/g;

/** `inline`: to be shown by the browser, where it can. */
export type Disposition = 'attachment' | 'inline';

/** RFC 6266 with an RFC 5987 file name: the plain one, in ASCII, is for clients that know no better. */
export function contentDisposition(fileName: string, disposition: Disposition = 'attachment'): string {
  const plain = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(NOT_ATTR_CHAR, hexOf);
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
