/** How many bytes at the end begin a character whose other bytes have not come yet: 0 to 3. */
export function incompleteTail(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.byteLength - 3);
  for (let i = bytes.byteLength - 1; i >= from; i -= 1) {
    const byte = bytes[i] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return i + lengthOf(byte) > bytes.byteLength ? bytes.byteLength - i : 0;
  }
  return 0;
}

function lengthOf(lead: number): number {
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The smallest and largest second byte after a lead byte that restricts it (Unicode 16, table 3-7). */
const SECOND: Readonly<Record<number, readonly [number, number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

/** The position of the first byte that begins no well-formed character, or the length where all of them do. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.byteLength) {
    const length = characterLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lengthOf(lead);
  const [low, high] = SECOND[lead] ?? [0x80, 0xbf];
  for (let i = 1; i < length; i += 1) {
    const byte = bytes[at + i] ?? 0;
    if (byte < (i === 1 ? low : 0x80) || byte > (i === 1 ? high : 0xbf)) return 0;
  }
  return length;
}
