import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Compression } from '../domain/dataset.ts';
import { PermanentFailure } from '../domain/failures.ts';
import { type ByteMeter, type ByteStream, CHUNK_BYTES } from './bytes.ts';
import { malformed } from './limits.ts';

/**
 * Unpacks a stream by Node's own zlib. Memory does not grow with what comes out: the unpacker waits for the reader.
 * @throws PermanentFailure where the bytes are broken or end too early, by the stored byte
 */
export async function* decompressed(bytes: ByteStream, compression: Compression, meter: ByteMeter): ByteStream {
  if (compression === 'none') {
    yield* bytes;
    return;
  }
  const unpacker = unpackerOf(compression);
  // Without a callback a failure of the source would be an unhandled one; it comes out of the unpacker as well.
  const output = pipeline(Readable.from(bytes), unpacker, () => {});
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw isZlibError(cause) ? faultOf(cause, compression, meter) : cause;
  }
}

function unpackerOf(compression: 'gzip' | 'zstd'): Transform {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: CHUNK_BYTES });
  // Node 22.15 and 23.8 brought it; the types are of Node 20.
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  if (typeof create === 'function') return create({ chunkSize: CHUNK_BYTES });
  const detail = 'This deployment runs on a Node without zstd: compress the dataset with gzip.';
  throw new PermanentFailure('DATASET_COMPRESSION', detail);
}

function isZlibError(cause: unknown): cause is Error & { code: string } {
  return cause instanceof Error && 'code' in cause && /^(Z_|ZSTD_)/.test(String(cause.code));
}

function faultOf(cause: Error & { code: string }, compression: Compression, meter: ByteMeter): PermanentFailure {
  const early = cause.code === 'Z_BUF_ERROR' || cause.code === 'ZSTD_error_srcSize_wrong';
  const at = `byte ${meter.bytesRead}`;
  if (early) {
    return new PermanentFailure('DATASET_TRUNCATED', `${at}: the ${compression} data ends too early.`, { cause });
  }
  return malformed(`near ${at}: the ${compression} data is damaged.`, { cause });
}
