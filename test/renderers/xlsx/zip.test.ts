import { execFileSync } from 'node:child_process';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ZipWriter } from '../../../lambdas/renderers/xlsx/zip.ts';
import { runReader } from '../../support/python.ts';
import { hasTool } from '../../support/tools.ts';
import { saved } from './support.ts';

const MODIFIED = new Date('2026-11-24T10:20:30Z');
const CONTENT = Buffer.from('some text, some text, some text');

/** An archive of a small entry and a streamed one. */
async function archive(large: boolean): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = new ZipWriter(async (bytes) => void chunks.push(bytes), MODIFIED);
  await zip.add('small.txt', CONTENT);
  await zip.begin('streamed.txt', large);
  await zip.append(deflateRawSync(CONTENT));
  await zip.end(crc32(CONTENT), CONTENT.length);
  await zip.finish();
  expect(zip.offset).toBe(Buffer.concat(chunks).length);
  return Buffer.concat(chunks);
}

const READ = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([[i.filename, i.file_size, i.extract_version, list(i.date_time), z.read(i).decode()] for i in z.infolist()]))
`;

it.each([
  ['without', false, 20],
  ['with', true, 45],
])('an archive %s Zip64 is read by Python', async (_, large, version) => {
  const time = [2026, 11, 24, 10, 20, 30];
  expect(await runReader(READ, await saved({ bytes: await archive(large) }))).toEqual([
    ['small.txt', 31, 20, time, CONTENT.toString()],
    ['streamed.txt', 31, version, time, CONTENT.toString()],
  ]);
});

it.skipIf(!hasTool('unzip')).each([false, true])('unzip finds no fault (Zip64: %s)', async (large) => {
  const output = execFileSync('unzip', ['-t', await saved({ bytes: await archive(large) })]).toString();
  expect(output).toContain('No errors detected');
});

/** Writes an archive of which only head and tail are kept, as if an entry were 5 GiB. */
async function hugeTail(): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = new ZipWriter(async (bytes) => void chunks.push(bytes), MODIFIED);
  await zip.begin('huge.bin', true);
  const gibibyte = { length: 2 ** 30 } as Uint8Array;
  for (let i = 0; i < 5; i += 1) await zip.append(gibibyte);
  await zip.end(0x1234_5678, 6 * 2 ** 30);
  await zip.add('after.txt', CONTENT);
  await zip.finish();
  return Buffer.concat(chunks.filter((chunk) => chunk.length < 2 ** 30));
}

it('sizes and offsets over 4 GiB are in the Zip64 records, and the old fields say so', async () => {
  const bytes = await hugeTail();
  const record = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  expect(bytes.readUInt32LE(record + 20)).toBe(0xffff_ffff);
  expect(bytes.readUInt32LE(record + 24)).toBe(0xffff_ffff);
  const extra = record + 46 + 'huge.bin'.length;
  expect([bytes.readUInt16LE(extra), bytes.readUInt16LE(extra + 2)]).toEqual([1, 16]);
  expect(bytes.readBigUInt64LE(extra + 4)).toBe(6n * 2n ** 30n);
  expect(bytes.readBigUInt64LE(extra + 12)).toBe(5n * 2n ** 30n);
  const end = bytes.lastIndexOf(Buffer.from('PK\x06\x06', 'latin1'));
  expect(bytes.readBigUInt64LE(end + 32)).toBe(2n);
  const start = bytes.readBigUInt64LE(end + 48);
  expect(start).toBeGreaterThan(5n * 2n ** 30n);
  const locator = bytes.lastIndexOf(Buffer.from('PK\x06\x07', 'latin1'));
  expect(bytes.readBigUInt64LE(locator + 8)).toBe(start + bytes.readBigUInt64LE(end + 40));
});

it('an entry that grows over 4 GiB without Zip64 is an error, not a broken file', async () => {
  const zip = new ZipWriter(async () => undefined, MODIFIED);
  await zip.begin('huge.bin', false);
  await expect(zip.end(0, 2 ** 32)).rejects.toThrow('4 GiB');
});
