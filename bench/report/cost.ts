import { SWEEP_SHARD_NAMES } from '../../lambdas/domain/keys.ts';
import { type CallCase, type Calls, callResultsSchema } from '../calls/results.ts';
import type { PriceName, Prices } from '../prices/prices.ts';
import type { Results } from '../results.ts';
import type { WarmResults } from '../warm/results.ts';
import { rowsText } from './comparison.ts';
import { MB_PER_VCPU, measuredReports, workerTime } from './lambda-time.ts';
import { dollars } from './sizing.ts';
import { aligned } from './table.ts';

/** What nobody measured: stated in the page, each with its number. */
const ASSUMED = {
  polls: 3,
  /** Of a function that answers a request or tells an end. */
  quickSeconds: 0.1,
  requestMemoryMb: 512,
  notifyMemoryMb: 256,
  retentionDays: 7,
  downloads: 1,
} as const;
/** DynamoDB counts writes by 1 KB, and reads by 4 KB. */
const WRITE_BYTES = 1024;
const READ_BYTES = 4096;
/** Each change of a job takes its key out of an index and puts another one in; a new job is put into both indexes. */
const INDEX_WRITES = 2;
/** The poller of Lambda receives each message and deletes it. */
const POLLER_REQUESTS = 2;
const DAYS_PER_MONTH = 30;
const SWEEP_SHARDS = SWEEP_SHARD_NAMES.length;
/** That a function takes from: jobs, dead letters, callbacks. */
const QUEUES = 3;
/** Lambda starts with five long polls of 20 s on a queue (docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html). */
const POLLERS = 5;
const MINUTES_PER_POLL = 1 / 3;

/** What the suites measured of how long a report takes. */
export interface Times {
  readonly warm: WarmResults | undefined;
  /** By format; the first that has the number of rows counts. */
  readonly suites: Readonly<Record<'xlsx' | 'pdf', readonly Results[]>>;
}

/** One line of the bill for one report, in dollars. */
export type Bill = Readonly<Record<(typeof LINES)[number], number>>;

const LINES = ['API Gateway', 'Lambda', 'DynamoDB', 'SQS', 'S3', 'EventBridge', 'transfer out'] as const;

/** Dollars for a thousand reports of each kind that was counted and timed. */
export function costTables(counted: unknown, times: Times, prices: Prices): string {
  const results = callResultsSchema.parse(counted);
  const timed = results.cases.flatMap((each) => {
    const seconds = workerSeconds(each, times, prices);
    return seconds === undefined ? [] : [{ ...each, seconds, bill: billOf(each, results.status, seconds, prices) }];
  });
  const lines = timed.map(({ bill, ...each }) => {
    const total = LINES.reduce((sum, line) => sum + bill[line], 0);
    return [titleOf(each), ...LINES.map((line) => dollars(1000 * bill[line])), `**${dollars(1000 * total)}**`];
  });
  return [
    aligned(['$ per 1,000 reports', ...LINES, '**all**'], lines),
    '### Measured',
    aligned(['', 'row: bytes', 'report: MB', 'worker: s', 'enqueue', 'worker'], timed.map(measuredLine), 2),
    `Calls counted on ${results.emulator} on ${results.at.slice(0, 10)}; a status takes ${callsText(results.status)}. Seconds of the worker: see [sizing.md](sizing.md) and [benchmarks.md](benchmarks.md).`,
  ].join('\n\n');
}

function measuredLine({ seconds, ...each }: CallCase & { readonly seconds: number }): string[] {
  const { enqueue, worker, rowBytes, reportBytes } = each;
  return [
    titleOf(each),
    String(rowBytes),
    (reportBytes / 1e6).toFixed(2),
    seconds.toFixed(3),
    callsText(enqueue),
    callsText(worker),
  ];
}

function titleOf({ rows, format, source }: CallCase): string {
  return `${rowsText(rows)} rows, ${source === 'body' ? 'posted' : 'from a dataset'} → ${format.toUpperCase()}`;
}

function callsText(calls: Calls): string {
  return Object.entries(calls)
    .map(([name, count]) => (count === 1 ? name : `${count} × ${name}`))
    .join(', ');
}

/** Of one report. @param seconds of the worker at one vCPU */
export function billOf(each: CallCase, status: Calls, seconds: number, { prices }: Prices): Bill {
  const price = (name: PriceName) => prices[name].usd;
  const { polls, retentionDays, downloads } = ASSUMED;
  const requests = 1 + polls + (each.source === 'dataset' ? 1 : 0);
  const stored = (each.reportBytes * retentionDays) / DAYS_PER_MONTH / 1e9;
  const calls = [each.enqueue, each.worker, ...Array.from({ length: polls }, () => status)];
  const all = (prefix: string) => calls.reduce((sum, one) => sum + countOf(one, prefix), 0);
  return {
    'API Gateway': requests * price('apiRequest'),
    Lambda: lambdaOf(seconds, requests, price),
    DynamoDB: calls.reduce((sum, one) => sum + dynamoOf(one, each.rowBytes, price), 0),
    SQS: (all('SQS') + POLLER_REQUESTS) * price('sqsRequest'),
    S3:
      (all('S3 PUT') + all('S3 POST')) * price('s3Put') +
      (all('S3 GET') + all('S3 HEAD') + downloads) * price('s3Get') +
      stored * price('s3GbMonth'),
    EventBridge: price('eventBridgeEvent'),
    'transfer out': (downloads * each.reportBytes * price('transferOutGb')) / 1e9,
  };
}

function lambdaOf(seconds: number, requests: number, price: (name: PriceName) => number): number {
  const { quickSeconds, requestMemoryMb, notifyMemoryMb } = ASSUMED;
  const gbSeconds =
    (seconds * MB_PER_VCPU + requests * quickSeconds * requestMemoryMb + quickSeconds * notifyMemoryMb) / 1024;
  return gbSeconds * price('lambdaGbSecondArm64') + (requests + 2) * price('lambdaRequest');
}

function dynamoOf(calls: Calls, rowBytes: number, price: (name: PriceName) => number): number {
  const writes = countOf(calls, 'DynamoDB PutItem jobs') + countOf(calls, 'DynamoDB UpdateItem jobs');
  const units = writes * (Math.ceil(rowBytes / WRITE_BYTES) + INDEX_WRITES);
  const own = countOf(calls, 'DynamoDB PutItem idempotency') + countOf(calls, 'DynamoDB UpdateItem idempotency');
  const reads = countOf(calls, 'DynamoDB GetItem') * Math.ceil(rowBytes / READ_BYTES);
  return (units + own) * price('dynamoWriteUnit') + reads * price('dynamoReadUnit');
}

function countOf(calls: Calls, prefix: string): number {
  return Object.entries(calls).reduce((sum, [name, count]) => sum + (name.startsWith(prefix) ? count : 0), 0);
}

/** The median of a warm process, or else what a suite took; `undefined` where nobody measured so many rows. */
function workerSeconds({ rows, format }: CallCase, { warm, suites }: Times, prices: Prices): number | undefined {
  const times = warm?.times.find(
    (each) => each.name === 'quire' && each.way === 'warm' && each.format === format && each.rows === rows,
  );
  if (times !== undefined) return times.p50 / 1000;
  for (const { measurements } of suites[format]) {
    const measured = measuredReports(measurements).find(({ all }) => all.rows === rows);
    if (measured !== undefined) return workerTime(measured, MB_PER_VCPU, prices).seconds;
  }
  return undefined;
}

/** What is assumed, and every price with its source, for the page to state. */
export function costBasis(all: Prices): string {
  const { region, read, note, prices } = all;
  const { polls, quickSeconds, requestMemoryMb, notifyMemoryMb, retentionDays, downloads } = ASSUMED;
  const assumed = [
    `${polls} polls of the status and ${downloads} download of the file over the internet for each report`,
    `${quickSeconds * 1000} ms for each call of a function that answers requests (${requestMemoryMb} MB) or announces an end (${notifyMemoryMb} MB)`,
    `a worker of ${MB_PER_VCPU} MB that succeeds at its first attempt`,
    `${retentionDays} days for which a report is kept`,
    `${INDEX_WRITES} write units for the indexes at each write of a job, in addition to one for each KB of its row`,
  ];
  const lines = Object.values(prices).map(({ usd, unit, source, readIn }) => {
    return [
      unit,
      usd.toLocaleString('en', { maximumSignificantDigits: 9 }),
      `[${hostOf(source)}](${source})`,
      `[${hostOf(readIn)}](${readIn})`,
    ];
  });
  return [
    atRest(all),
    '### Assumed',
    assumed.map((each) => `- ${each}`).join('\n'),
    `### Prices, ${region}, ${read}`,
    aligned(['', '$', 'source', 'read in'], lines, 2),
    note,
  ].join('\n\n');
}

/** A month of a stack that nobody uses. */
export function atRest({ prices }: Prices): string {
  const price = (name: PriceName) => prices[name].usd;
  const { quickSeconds, notifyMemoryMb } = ASSUMED;
  const runs = DAYS_PER_MONTH * 24 * 60;
  const gbSeconds = (quickSeconds * notifyMemoryMb) / 1024;
  const sweeper = runs * (price('lambdaRequest') + gbSeconds * price('lambdaGbSecondArm64'));
  const shards = runs * SWEEP_SHARDS * 0.5 * price('dynamoReadUnit');
  const polls = QUEUES * POLLERS * (runs / MINUTES_PER_POLL) * price('sqsRequest');
  const all = sweeper + shards + polls + price('secretMonth');
  return `A stack at rest costs $${dollars(all)} a month, by arithmetic: $${dollars(sweeper)} for the sweeper, which runs every minute, $${dollars(shards)} for its looks at ${SWEEP_SHARDS} shards of the index, $${dollars(polls)} for ${POLLERS} long polls at a time on each of ${QUEUES} queues, $${dollars(price('secretMonth'))} for the secret of the callbacks.`;
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace('www.', '');
}
