import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { decompressed } from '../../lambdas/datasets/decompress.ts';
import { DEFAULT_LIMITS } from '../../lambdas/datasets/limits.ts';
import { openDataset } from '../../lambdas/datasets/open-dataset.ts';
import type { StoredBytes } from '../../lambdas/domain/dataset.ts';
import { rendererOf } from '../../lambdas/renderers/index.ts';
// @ts-expect-error plain JavaScript, so that the peers can use it without a compiler
import { compete } from '../usage.mjs';

/** Quire as a contestant: `quire.mjs INPUT FILE`, the columns inferred, every default on; both formats by the names. */
const [input, file] = process.argv.slice(2) as [string, string];
const format = file.endsWith('.pdf') ? 'pdf' : 'xlsx';
const READ_BYTES = 64 * 1024;

const stored: StoredBytes = {
  sizeBytes: statSync(input).size,
  stream: (signal) => createReadStream(input, { highWaterMark: READ_BYTES, signal }),
  async slice(start, end) {
    const handle = await open(input);
    try {
      const bytes = new Uint8Array(end - start);
      await handle.read(bytes, 0, bytes.byteLength, start);
      return bytes;
    } finally {
      await handle.close();
    }
  },
};

async function write(): Promise<void> {
  const { signal } = new AbortController();
  const context = { locale: 'en-US', timeZone: 'UTC', limits: DEFAULT_LIMITS, unpack: decompressed };
  const dataset = await openDataset(stored, { format: input.endsWith('.parquet') ? 'parquet' : 'csv' }, context);
  const columns = [...(await dataset.describe(signal))];
  const output = await open(file, 'w');
  const sink = {
    async write(chunk: Uint8Array) {
      await output.write(chunk);
    },
  };
  const renderer = await rendererOf(format);
  await renderer.render(
    { format, title: 'Bench', locale: 'en-US', timeZone: 'UTC', tables: [{ columns }], layout: {} },
    [dataset.rows(signal)],
    sink,
    { signal, createdAt: new Date('2026-01-01T00:00:00Z') },
  );
  await output.close();
}

await compete(write);
