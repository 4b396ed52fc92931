import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { clientOptions, quietenSdk } from '../../local/credentials.ts';
import { openEndpoint } from '../../local/endpoint.ts';
import { type Deployment, deployTo } from '../../local/stack.ts';
import { type Client, createClient } from '../../test/support/raw-client.ts';
import { inputPath, makeInputs } from '../datasets/input.ts';
import { RESULTS_FOLDER } from '../folders.ts';
// @ts-expect-error plain JavaScript, so that the peers can use it without a compiler
import { DATES, HEADER, rowMaker } from '../xlsx/table.mjs';
import { type CallCase, type CallResults, callResultsSchema } from './results.ts';
import { type Watch, watch } from './watch.ts';

const RESULTS = `${RESULTS_FOLDER}/calls.json`;
const FORMATS = ['xlsx', 'pdf'] as const;
const TYPES = ['integer', 'text', 'text', 'text', 'date', 'boolean', 'integer', 'number', 'number', 'text'];
/** A million rows of PDF on a machine that is busy. */
const LONGEST_MS = 15 * 60_000;
const HELP = `npm run bench -- calls [options]
  --quick    without the million rows`;

/** Counts, on an emulator of its own, which calls of AWS a report takes, from the POST to its end. */
export async function run(args: readonly string[]): Promise<void> {
  const options = { quick: { type: 'boolean', default: false }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return console.log(HELP);
  quietenSdk();
  const endpoint = await openEndpoint();
  try {
    const deployment = await deployTo(endpoint);
    const results = await countAll(endpoint.url, endpoint.kind, deployment, values.quick);
    console.log(JSON.stringify(results, null, 2));
    await mkdir(RESULTS_FOLDER, { recursive: true });
    await writeFile(RESULTS, `${JSON.stringify(callResultsSchema.parse(results), null, 2)}\n`);
    console.log(`\nWritten to ${RESULTS}.`);
  } finally {
    await endpoint.own?.stop();
  }
}

async function countAll(url: string, emulator: string, deployment: Deployment, quick: boolean): Promise<CallResults> {
  const client = createClient(deployment.api);
  const functions = {
    enqueue: await watch(url, deployment, 'EnqueueFunction'),
    worker: await watch(url, deployment, 'WorkerFunction'),
  };
  const cases: CallCase[] = [];
  for (const format of FORMATS) {
    for (const rows of quick ? [50, 10_000] : [50, 10_000, 1_000_000]) {
      const source = rows > 100_000 ? 'dataset' : 'body';
      process.stderr.write(`${rows} rows as ${format}\n`);
      const { id, requestBytes, reportBytes } = await makeReport(client, { rows, format, source });
      const rowBytes = await rowSize(url, deployment, id);
      const [enqueue, worker] = [functions.enqueue.taken(), functions.worker.taken()];
      cases.push({ rows, format, source, enqueue, worker, rowBytes, requestBytes, reportBytes });
    }
  }
  const status = await ofStatus(url, deployment, client);
  for (const each of Object.values<Watch>(functions)) each.close();
  return { at: new Date().toISOString(), emulator, status, cases };
}

async function makeReport(client: Client, { rows, format, source }: Pick<CallCase, 'rows' | 'format' | 'source'>) {
  const columns = TYPES.map((type, i) => ({ key: HEADER[i], type }));
  const table = source === 'body' ? { rows: bodyRows(rows) } : { dataset: await uploaded(client, rows) };
  const request = { format, title: 'Bench', columns, ...table };
  const { id } = await client.generate(request, { 'idempotency-key': `${format}-${rows}-${Date.now()}` });
  const job = await client.ended(id, { pollMs: 500, timeoutMs: LONGEST_MS });
  if (job.report === null || job.report.rows !== rows)
    throw new Error(`${id} ended ${job.status}: ${job.error?.detail}`);
  return { id, requestBytes: JSON.stringify(request).length, reportBytes: job.report.sizeBytes };
}

function bodyRows(rows: number): unknown[] {
  const makeRow = rowMaker((DATES as Date[]).map((date) => date.toISOString().slice(0, 10)));
  return Array.from({ length: rows }, (_, i) => makeRow(i));
}

async function uploaded(client: Client, rows: number) {
  await makeInputs(rows);
  const id = await client.upload(await readFile(inputPath(rows, 'csv.gz')));
  return { id, format: 'csv' };
}

/** As DynamoDB counts: names and values. */
async function rowSize(url: string, { outputs }: Deployment, id: string): Promise<number> {
  const dynamo = new DynamoDBClient(clientOptions(url));
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: outputs.JobsTable, Key: { id: { S: id } } }));
  return Buffer.byteLength(JSON.stringify(unmarshall(Item ?? {})));
}

/** Of the status of a job that is done, its link signed. */
async function ofStatus(url: string, deployment: Deployment, client: Client) {
  const { id } = await client.generate({ format: 'xlsx', title: 'Bench', columns: [{ key: 'a' }], rows: [['b']] });
  await client.ended(id, { pollMs: 200 });
  const watched = await watch(url, deployment, 'StatusFunction');
  await client.status(id);
  watched.close();
  return watched.taken();
}
