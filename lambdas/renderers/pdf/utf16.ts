/** The UTF-16BE units of a text in hexadecimal, as a CMap maps codes to text. */
export function utf16(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i += 1) out += text.charCodeAt(i).toString(16).padStart(4, '0');
  return out;
}

/** The same after a byte order mark: how PDF writes text that is not meant for showing (ISO 32000-1, 7.9.2.2). */
export function textString(text: string): string {
  return `feff${utf16(text)}`;
}
