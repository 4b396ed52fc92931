import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError } from './exit.ts';

export interface Saved {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Writes bytes to a file that is there only when it is whole, or to standard output for `-`.
 *
 * @param expected by the maker of the bytes; compared before the file gets its name
 * @throws CliError `damaged` where other bytes came
 */
export async function save(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  stdout: Writable,
  expected?: Saved,
): Promise<Saved> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measured = async function* () {
    for await (const chunk of bytes) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      yield chunk;
    }
  };
  const draft = path === '-' ? undefined : `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    if (draft === undefined) await pipeline(Readable.from(measured()), stdout, { end: false });
    else await pipeline(Readable.from(measured()), createWriteStream(draft));
    const saved = { sizeBytes, sha256: hash.digest('hex') };
    if (expected && (expected.sha256 !== saved.sha256 || expected.sizeBytes !== sizeBytes)) {
      throw new CliError('damaged', `${sizeBytes} bytes came that are not those that the service made.`);
    }
    if (draft !== undefined) await rename(draft, path);
    return saved;
  } catch (error) {
    if (draft !== undefined) await rm(draft, { force: true });
    throw error;
  }
}

/** Input as a file: `-` is standard input, which is kept in a temporary file for as long as `use` takes. */
export async function withInput<T>(path: string, stdin: Readable, use: (path: string) => Promise<T>): Promise<T> {
  if (path !== '-') {
    await assertReadable(path);
    return use(path);
  }
  const folder = await mkdtemp(join(tmpdir(), 'quire-'));
  try {
    const file = join(folder, 'stdin');
    await pipeline(stdin, createWriteStream(file));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function assertReadable(path: string): Promise<void> {
  const stream = createReadStream(path, { end: 0 });
  try {
    for await (const _ of stream) break;
  } catch (cause) {
    throw new CliError('usage', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** A file whose bytes are read as they are sent. */
export function asBlob(path: string): Promise<Blob> {
  return openAsBlob(path);
}
