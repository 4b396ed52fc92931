import type { Compression } from '../domain/dataset.ts';
import type { ByteStream } from './bytes.ts';

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];
const MAGIC_LENGTH = 4;

/** The packing that the first bytes tell of: no text starts like either. */
export function compressionOf(head: Uint8Array): Compression {
  const found = MAGIC.find(([, magic]) => magic.every((byte, i) => head[i] === byte));
  return found?.[0] ?? 'none';
}

/** Reads as far as the packing can be told from the bytes, which all come again. */
export async function sniffed(bytes: ByteStream): Promise<{ compression: Compression; bytes: ByteStream }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const ahead: Uint8Array[] = [];
  let head = new Uint8Array(0);
  while (head.byteLength < MAGIC_LENGTH) {
    const next = await iterator.next();
    if (next.done === true) break;
    ahead.push(next.value);
    head = joined(head, next.value.subarray(0, MAGIC_LENGTH));
  }
  return { compression: compressionOf(head), bytes: again(ahead, iterator) };
}

/** Two pieces as one. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.byteLength + second.byteLength);
  both.set(first);
  both.set(second, first.byteLength);
  return both;
}

async function* again(ahead: readonly Uint8Array[], iterator: AsyncIterator<Uint8Array>): ByteStream {
  try {
    yield* ahead;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
