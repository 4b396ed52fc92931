import type { Encoding } from '../../domain/dataset.ts';
import { PermanentFailure } from '../../domain/failures.ts';
import type { ByteStream } from '../bytes.ts';
import { joined } from '../compression.ts';
import { firstInvalidUtf8, incompleteTail } from './utf8.ts';

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const MARK_LENGTH = 3;

/** What bytes 80 to 9F are in windows-1252; a decoder that takes it for Latin-1 leaves control characters there. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Makes characters of some bytes; remembers what is left of the last one. */
type Decode = (bytes: Uint8Array, last: boolean) => string;

/**
 * The text of a file, without its byte order mark. A mark decides over `encoding`: no text of another one starts so.
 * @throws PermanentFailure `DATASET_ENCODING` by the byte that is not part of such a text
 */
export async function* decoded(bytes: ByteStream, encoding: Encoding = 'utf-8'): AsyncGenerator<string> {
  let decode: Decode | undefined;
  let held: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  for await (const chunk of bytes) {
    held = held.byteLength === 0 ? chunk : joined(held, chunk);
    if (decode === undefined) {
      if (held.byteLength < MARK_LENGTH) continue;
      const mark = markOf(held);
      decode = decoderOf(mark?.encoding ?? encoding, mark?.length ?? 0);
      held = held.subarray(mark?.length ?? 0);
      if (mark === undefined) refuseUnmarkedUtf16(held, encoding);
    }
    yield decode(held, false);
    held = new Uint8Array(0);
  }
  const mark = markOf(held);
  decode ??= decoderOf(mark?.encoding ?? encoding, mark?.length ?? 0);
  yield decode(held.subarray(mark?.length ?? 0), true);
}

function markOf(head: Uint8Array): { encoding: Encoding; length: number } | undefined {
  const found = MARKS.find(([, mark]) => mark.every((byte, i) => head[i] === byte));
  return found && { encoding: found[0], length: found[1].length };
}

/** As UTF-8 such a file would be text with a zero after each letter. */
function refuseUnmarkedUtf16(head: Uint8Array, encoding: Encoding): void {
  if (encoding.startsWith('utf-16')) return;
  const zero = head.subarray(0, 2).indexOf(0);
  if (zero < 0) return;
  const guess = zero === 0 ? 'utf-16be' : 'utf-16le';
  throw wrong(`byte ${zero} is zero: if the text is UTF-16, set \`encoding\` to "${guess}".`);
}

/** @param offset bytes of the file before those that come */
function decoderOf(encoding: Encoding, offset: number): Decode {
  switch (encoding) {
    case 'utf-8':
      return utf8Decoder(offset);
    case 'windows-1252': {
      const decoder = new TextDecoder('windows-1252');
      return (bytes, last) =>
        decoder.decode(bytes, { stream: !last }).replace(/[\x80-\x9f]/g, (c) => WINDOWS[c.charCodeAt(0) - 0x80] ?? c);
    }
    case 'utf-16le':
    case 'utf-16be':
      return utf16Decoder(encoding, offset);
  }
}

/**
 * Cuts after the last whole character and decodes each piece by itself: Node has a fast way for that, which gives
 * one-byte strings where it can, and a slow one for streams.
 */
function utf8Decoder(offset: number): Decode {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let at = offset;
  let rest: Uint8Array = new Uint8Array(0);
  return (bytes, last) => {
    const all = rest.byteLength === 0 ? bytes : joined(rest, bytes);
    const end = last ? all.byteLength : all.byteLength - incompleteTail(all);
    const piece = all.subarray(0, end);
    rest = all.subarray(end);
    try {
      const text = decoder.decode(piece);
      at += end;
      return text;
    } catch (cause) {
      const byte = at + firstInvalidUtf8(piece);
      throw wrong(`byte ${byte} is not UTF-8: if the text is windows-1252, set \`encoding\` to that.`, { cause });
    }
  };
}

function utf16Decoder(encoding: 'utf-16le' | 'utf-16be', offset: number): Decode {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let at = offset;
  return (bytes, last) => {
    try {
      const text = decoder.decode(bytes, { stream: !last });
      at += bytes.byteLength;
      return text;
    } catch (cause) {
      throw wrong(`the data after byte ${at} is not ${encoding.toUpperCase()}.`, { cause });
    }
  };
}

function wrong(detail: string, options?: ErrorOptions): PermanentFailure {
  return new PermanentFailure('DATASET_ENCODING', detail, options);
}
