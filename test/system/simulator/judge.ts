import { createHash } from 'node:crypto';
import { committedReport } from '../../../lambdas/domain/converge.ts';
import type { DoneJob, FailedJob, Job } from '../../../lambdas/domain/job.ts';
import { reportKey } from '../../../lambdas/domain/keys.ts';
import type { Write } from '../../support/memory/job-table.ts';
import { CANARY } from './clients.ts';
import type { World } from './world.ts';

const RANK = { queued: 0, processing: 1, done: 2, error: 2 } as const;

/** Codes that a client can be shown in these runs; any other one is a defect. */
const CODES = new Set(['WORKER_LOST', 'EXPIRED_IN_QUEUE', 'INTERNAL', 'UPLOAD_CONFLICT', 'TOO_LARGE']);

/** Everything that is wrong with what happened, one sentence each; I1 to I10 are those of docs/reliability.md. */
export function judge(world: World): string[] {
  const rows = world.table.all();
  return [
    ...world.table.history.flatMap(checkWrite),
    ...rows.flatMap((job) => [...checkOutcome(job, world), ...checkOrigin(job, world)]),
    ...checkAcceptance(world),
    ...checkKeys(world),
    ...checkObjects(world),
    ...checkLog(world),
  ];
}

/** I1: whoever was told yes has an end to see. */
function checkAcceptance(world: World): string[] {
  return world.posts.flatMap(({ accepted }) =>
    accepted.flatMap(({ id }) => {
      const job = world.table.get(id);
      if (job === undefined) return [`I1: ${id} was accepted and is not there`];
      return RANK[job.status] < 2 ? [`I1: ${id} is still ${job.status}`] : [];
    }),
  );
}

/** I2: a status never goes back, an end is an end, the attempt only grows. */
function checkWrite({ id, name, before, after }: Write): string[] {
  if (before === undefined) return [];
  if (after.generation !== before.generation) {
    const isRedrive = name === 'redrive' && before.status === 'error' && after.generation === before.generation + 1;
    return isRedrive ? [] : [`I2: ${id} changed its generation by ${name}`];
  }
  const problems: string[] = [];
  if (RANK[before.status] === 2) problems.push(`I2: ${id} was written by ${name} after its end`);
  if (RANK[after.status] < RANK[before.status]) problems.push(`I2: ${id} went back to ${after.status} by ${name}`);
  const grown = after.attempt - before.attempt;
  if (grown !== (name === 'claim' ? 1 : 0)) problems.push(`I2: ${id} has attempt ${after.attempt} after ${name}`);
  return problems;
}

function checkOutcome(job: Job, world: World): string[] {
  if (job.status === 'done') return checkDone(job, world);
  return job.status === 'error' ? checkError(job) : [];
}

/** I4: the file is there, whole, and what the row says of it is true. */
function checkDone(job: DoneJob, { bucket }: World): string[] {
  const object = bucket.objects.get(job.report.key);
  if (object === undefined) return [`I4: ${job.id} is done without a file`];
  const { bytes, metadata } = object;
  const lines = bytes.toString('utf8').split('\n').length - 2;
  const facts = {
    size: bytes.byteLength === job.report.sizeBytes,
    sha256: createHash('sha256').update(bytes).digest('hex') === job.report.sha256,
    rows: lines === job.rowsTotal && job.report.rows === job.rowsTotal,
    job: metadata.jobId === job.id && metadata.generation === String(job.generation),
    request: metadata.requestHash === job.requestHash,
  };
  return Object.entries(facts).flatMap(([fact, isTrue]) => (isTrue ? [] : [`I4: the ${fact} of ${job.id} is wrong`]));
}

/** I6: an error has a code that is documented, and tells nothing of the inside. */
function checkError(job: FailedJob): string[] {
  const { code, detail } = job.error;
  const problems: string[] = [];
  if (!CODES.has(code)) problems.push(`I6: ${job.id} ended with ${code}`);
  if (/\n|\bat .*:\d|https?:/.test(detail) || detail.includes(CANARY)) problems.push(`I6: ${job.id} tells: ${detail}`);
  return problems;
}

/** I9: no job that nobody asked for. */
function checkOrigin(job: Job, { posts }: World): string[] {
  const isAsked = posts.some(
    ({ tenant, json }) => tenant === job.tenant && 'reference' in json && json.reference === job.reference,
  );
  return isAsked ? [] : [`I9: nobody asked for ${job.id}`];
}

/** I5: one key, one job, one body. */
function checkKeys({ posts }: World): string[] {
  const seen = new Map<string, string>();
  return posts.flatMap(({ tenant, key, accepted }) =>
    accepted.flatMap(({ id, requestHash }) => {
      const answer = `${id} ${requestHash}`;
      const first = seen.get(`${tenant} ${key}`) ?? answer;
      seen.set(`${tenant} ${key}`, first);
      return first === answer ? [] : [`I5: ${key} was accepted as ${first} and as ${answer}`];
    }),
  );
}

/** I3: one object per job and generation, written once; I8: nothing unfinished is left that somebody could have ended. */
function checkObjects({ bucket, table, excusedUploads, queue, deadLetters }: World): string[] {
  const keys = new Set(table.history.map(({ after }) => reportKey(after)));
  const problems: string[] = [];
  for (const [key, times] of bucket.written) {
    if (!key.startsWith('reports/')) continue;
    if (times !== 1) problems.push(`I3: ${key} was written ${times} times`);
    if (!keys.has(key)) problems.push(`I3: nobody's file: ${key}`);
  }
  for (const id of bucket.uploads.keys()) if (!excusedUploads.has(id)) problems.push(`I8: upload ${id} is still open`);
  if (queue.messages.size > 0) problems.push(`I8: ${queue.messages.size} messages are left`);
  if (deadLetters.messages.size > 0) problems.push(`I8: ${deadLetters.messages.size} dead letters are left`);
  return problems;
}

/** I10: no row, no title, no link in the log. */
function checkLog({ log }: World): string[] {
  const lines = log.lines.map(({ event, fields }) => `${event} ${JSON.stringify(fields ?? {})}`);
  return lines.some((line) => line.includes(CANARY)) ? ['I10: a log line tells what stands in a row'] : [];
}

/** Jobs that ended as error although their whole file stood there at that moment. */
export function falseErrors({ table, bucket }: World): string[] {
  const staged = new Map<string, Job>();
  for (const { id, after } of table.history)
    if (after.status === 'processing') staged.set(`${id}/${after.generation}`, after);
  return table.all().flatMap((job) => {
    const last = staged.get(`${job.id}/${job.generation}`);
    const object = bucket.objects.get(reportKey(job));
    if (job.status !== 'error' || last?.status !== 'processing' || object === undefined) return [];
    const { jobId = '', generation, attempt, requestHash = '' } = object.metadata;
    const facts = { jobId, generation: Number(generation), attempt: Number(attempt), requestHash };
    const isWhole = committedReport(last, { ...facts, sizeBytes: object.bytes.byteLength }) !== undefined;
    return isWhole ? [`${job.id} ended as error (${job.error.code}) although its file stands`] : [];
  });
}
