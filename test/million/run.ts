/**
 * `npm run test:million`: gzipped CSV of a million rows, uploaded to the local stage, becomes a workbook and a PDF, and ten
 * million rows a workbook of ten sheets – through HTTP alone. The files are counted and compared by independent readers
 * (calamine, poppler), and no function may hold more than 256 MiB. `-- --rows 100000` makes all of it smaller.
 */
import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { type Job, QuireClient } from '../../client/index.ts';
import { quietenSdk } from '../../local/credentials.ts';
import { openEndpoint } from '../../local/endpoint.ts';
import { SetupError } from '../../local/setup-error.ts';
import { deployTo } from '../../local/stack.ts';
import { COLUMNS, writeRows } from './data.ts';
import { MemoryWatch } from './memory.ts';
import { readPdf, readWorkbook } from './read.ts';

/** MiB. */
const MOST_MEMORY = 256;
/** Excel's own, less the rows above the data. */
const SHEET_ROWS = 1_048_576;

/** The time of a deployed worker: that of the local stage is for small reports. */
const WORKER = { workerTimeoutSeconds: '300' };

const { rows } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } }).values;
const RUNS = [
  { rows: Number(rows), format: 'xlsx' },
  { rows: Number(rows), format: 'pdf' },
  { rows: 10 * Number(rows), format: 'xlsx' },
] as const;
type Run = (typeof RUNS)[number];

async function main(): Promise<number> {
  const endpoint = await openEndpoint();
  const folder = mkdtempSync(join(tmpdir(), 'quire-million-'));
  const memory = endpoint.own && new MemoryWatch(endpoint.own.pid);
  try {
    const { api } = await deployTo(endpoint, { context: WORKER });
    const quire = new QuireClient({ address: api });
    let faults = 0;
    for (const run of RUNS) faults += await attempt(run, quire, folder, memory);
    console.log(faults === 0 ? 'All as it should be.' : `${faults} faults.`);
    return faults === 0 ? 0 : 1;
  } finally {
    memory?.stop();
    await endpoint.own?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns how many things are not as they should be */
async function attempt(run: Run, quire: QuireClient, folder: string, memory: MemoryWatch | undefined): Promise<number> {
  const name = `${run.rows.toLocaleString('en')} rows to ${run.format}`;
  const file = join(folder, `report.${run.format}`);
  memory?.takePeak();
  const began = performance.now();
  const job = await reported(run, quire, folder);
  const seconds = (performance.now() - began) / 1000;
  const peak = memory?.takePeak();
  await download(quire, job, file);
  const { report, attempt: attempts } = job;
  const held = peak === undefined ? '' : `, at most ${Math.round(peak)} MiB in a function`;
  const extent = report?.pages === undefined ? `${report?.sheets} sheets` : `${report.pages} pages`;
  console.log(
    `${name}: done in ${seconds.toFixed(1)} s at attempt ${attempts}: ${report?.rows} rows, ${extent}, ${report?.sizeBytes} bytes${held}`,
  );
  const faults: string[] = [];
  if (peak !== undefined && peak > MOST_MEMORY) faults.push(`a function held more than ${MOST_MEMORY} MiB`);
  if (report?.rows !== run.rows) faults.push('the job tells another number of rows');
  if (attempts !== 1) faults.push('it took more than one attempt');
  faults.push(...(await (run.format === 'xlsx' ? readWorkbook : readPdf)(file, run.rows)));
  const least = Math.ceil(run.rows / SHEET_ROWS);
  if (run.format === 'xlsx' && report?.sheets !== least) faults.push(`there should be ${least} sheets`);
  for (const fault of faults) console.log(`  fault: ${fault}`);
  return faults.length;
}

async function reported({ rows, format }: Run, quire: QuireClient, folder: string): Promise<Job> {
  const csv = join(folder, `rows-${rows}.csv.gz`);
  await writeRows(rows, csv);
  const id = await quire.upload(await openAsBlob(csv));
  const dataset = { id, format: 'csv', compression: 'gzip' } as const;
  return quire.finish(await quire.generate({ format, title: 'Orders', columns: COLUMNS, dataset }));
}

/** @throws Error where the bytes are not those that the job tells of */
async function download(quire: QuireClient, job: Job, file: string): Promise<void> {
  const { body, report } = await quire.download(job);
  const hash = createHash('sha256');
  const measured = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(Readable.fromWeb(body as never), measured, createWriteStream(file));
  if (hash.digest('hex') !== report.sha256) throw new Error('the file is not the one that the job tells of');
}

quietenSdk();
main().then(process.exit, (error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
});
