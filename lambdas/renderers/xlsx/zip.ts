import { crc32, deflateRawSync } from 'node:zlib';

/** What the archive needs to know of an entry when it is listed at the end. Sizes in bytes. */
interface Entry {
  readonly name: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly version: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

const STORED = 0;
const DEFLATED = 8;
/** Sizes and CRC follow the data, because they are not known when the header is written. */
const SIZES_FOLLOW = 0x0008;
/** "Version needed to extract": 2.0 for deflate, 4.5 for Zip64. */
const PLAIN = 20;
const ZIP64 = 45;
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;

/**
 * A zip archive written front to back (APPNOTE.TXT 6.3.10). Zip64 appears only where a number needs it, because Excel
 * has refused workbooks that carry it needlessly. All names are ASCII.
 */
export class ZipWriter {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #dosTime: number;
  readonly #entries: Entry[] = [];
  #offset = 0;
  #open: { name: Buffer; offset: number; large: boolean } | undefined;
  #compressed = 0;

  /** @param modified stamped on all entries, in UTC, to the two seconds that the format can tell */
  constructor(write: (bytes: Uint8Array) => Promise<void>, modified: Date) {
    this.#write = write;
    this.#dosTime = dosTime(modified);
  }

  /** Bytes written so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Writes a small entry at once. */
  async add(name: string, content: Uint8Array): Promise<void> {
    const deflated = deflateRawSync(content, { level: 6 });
    const stored = deflated.length >= content.length;
    const entry: Entry = {
      name: Buffer.from(name),
      method: stored ? STORED : DEFLATED,
      flags: 0,
      version: PLAIN,
      crc: crc32(content),
      compressed: stored ? content.length : deflated.length,
      size: content.length,
      offset: this.#offset,
    };
    await this.#emit(Buffer.concat([localHeader(entry, this.#dosTime), stored ? content : deflated]));
    this.#entries.push(entry);
  }

  /**
   * Starts an entry whose deflate stream comes through {@link append}.
   * @param large promises Zip64: without it, neither size may reach 4 GiB
   */
  async begin(name: string, large: boolean): Promise<void> {
    this.#open = { name: Buffer.from(name), offset: this.#offset, large };
    this.#compressed = 0;
    const version = large ? ZIP64 : PLAIN;
    const unknown = { crc: 0, compressed: 0, size: 0, offset: 0 };
    await this.#emit(
      localHeader({ ...unknown, name: this.#open.name, method: DEFLATED, flags: SIZES_FOLLOW, version }, this.#dosTime),
    );
  }

  async append(deflated: Uint8Array): Promise<void> {
    this.#compressed += deflated.length;
    await this.#emit(deflated);
  }

  /** Ends the entry that {@link begin} started, with the CRC and size of the bytes before deflate. */
  async end(crc: number, size: number): Promise<void> {
    if (this.#open === undefined) throw new Error('no entry is open');
    const { name, offset, large } = this.#open;
    const compressed = this.#compressed;
    if (!large && (size > MAX_32 || compressed > MAX_32)) throw new Error('an entry grew over 4 GiB without Zip64');
    await this.#emit(dataDescriptor(crc, compressed, size, large));
    const version = large ? ZIP64 : PLAIN;
    this.#entries.push({ name, method: DEFLATED, flags: SIZES_FOLLOW, version, crc, compressed, size, offset });
    this.#open = undefined;
  }

  /** Writes the directory. Nothing may follow. */
  async finish(): Promise<void> {
    const start = this.#offset;
    await this.#emit(Buffer.concat(this.#entries.map((entry) => directoryRecord(entry, this.#dosTime))));
    await this.#emit(endRecords(this.#entries.length, this.#offset - start, start));
  }

  async #emit(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    await this.#write(bytes);
  }
}

/** Date in the upper half, time of day in the lower, both in UTC so that the machine's zone cannot change the file. */
function dosTime(date: Date): number {
  const year = Math.min(Math.max(date.getUTCFullYear(), 1980), 2107);
  const day = ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

function localHeader(entry: Entry, time: number): Buffer {
  const extra = entry.version === ZIP64 ? zip64Extra([0, 0]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(entry.version, 4);
  header.writeUInt16LE(entry.flags, 6);
  header.writeUInt16LE(entry.method, 8);
  header.writeUInt32LE(time, 10);
  header.writeUInt32LE(entry.crc, 14);
  header.writeUInt32LE(entry.version === ZIP64 ? MAX_32 : entry.compressed, 18);
  header.writeUInt32LE(entry.version === ZIP64 ? MAX_32 : entry.size, 22);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, entry.name, extra]);
}

function dataDescriptor(crc: number, compressed: number, size: number, large: boolean): Buffer {
  const record = Buffer.alloc(large ? 24 : 16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  if (large) {
    record.writeBigUInt64LE(BigInt(compressed), 8);
    record.writeBigUInt64LE(BigInt(size), 16);
  } else {
    record.writeUInt32LE(compressed, 8);
    record.writeUInt32LE(size, 12);
  }
  return record;
}

function directoryRecord(entry: Entry, time: number): Buffer {
  const wide = [entry.size, entry.compressed, entry.offset].filter((value) => value >= MAX_32);
  const extra = wide.length > 0 ? zip64Extra(wide) : Buffer.alloc(0);
  const version = wide.length > 0 ? ZIP64 : entry.version;
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(version, 4);
  record.writeUInt16LE(version, 6);
  record.writeUInt16LE(entry.flags, 8);
  record.writeUInt16LE(entry.method, 10);
  record.writeUInt32LE(time, 12);
  record.writeUInt32LE(entry.crc, 16);
  record.writeUInt32LE(Math.min(entry.compressed, MAX_32), 20);
  record.writeUInt32LE(Math.min(entry.size, MAX_32), 24);
  record.writeUInt16LE(entry.name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(Math.min(entry.offset, MAX_32), 42);
  return Buffer.concat([record, entry.name, extra]);
}

function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [i, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
  return extra;
}

function endRecords(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(size, MAX_32), 12);
  end.writeUInt32LE(Math.min(start, MAX_32), 16);
  if (count < MAX_16 && size < MAX_32 && start < MAX_32) return end;
  return Buffer.concat([zip64EndRecords(count, size, start), end]);
}

function zip64EndRecords(count: number, size: number, start: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(ZIP64, 12);
  record.writeUInt16LE(ZIP64, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(start + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
