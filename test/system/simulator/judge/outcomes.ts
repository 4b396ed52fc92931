import { createHash } from 'node:crypto';
import {
  type DoneJob,
  type FailedJob,
  isReported,
  type Job,
  type ValidatedJob,
} from '../../../../lambdas/domain/job.ts';
import { SETTINGS } from '../../../support/settings.ts';
import { BEHAVIOURS, UPLOADED } from '../behaviour.ts';
import { CANARY } from '../clients.ts';
import { claimOf } from '../witness.ts';
import type { Posted, World } from '../world.ts';

/** What each job came to: is it true, is it what its request deserves, and did anybody ask for it. */
export function checkOutcomes(world: World): string[] {
  return [
    ...world.table.all().flatMap((job) => checkOutcome(job, world)),
    ...world.witness.falseEnds.map((id) => `I4: ${id} was ended without a file although its file stands`),
    ...checkDeadlines(world),
  ];
}

function checkOutcome(job: Job, world: World): string[] {
  const posted = world.posts.find((post) => isRequestOf(post, job));
  if (posted === undefined) return [`I9: nobody asked for ${job.id}`];
  if (isReported(job)) return [...checkDone(job, world), ...checkBadCells(job, world), ...checkDeserved(job, posted)];
  if (job.status === 'done') return checkValidated(job, posted, world);
  return job.status === 'error' ? checkError(job, posted) : [];
}

function isRequestOf({ tenant, json }: Posted, job: Job): boolean {
  return tenant === job.tenant && 'reference' in json && json.reference === job.reference;
}

/** I4: the file is there, whole, and what the row says of it is true. */
function checkDone(job: DoneJob, world: World): string[] {
  const { bucket } = world;
  const object = bucket.objects.get(job.report.key);
  if (object === undefined) return [`I4: ${job.id} is done without a file`];
  const { bytes, metadata } = object;
  const lines = bytes.toString('utf8').split('\n').length - 2;
  const facts = {
    size: bytes.byteLength === job.report.sizeBytes,
    sha256: createHash('sha256').update(bytes).digest('hex') === job.report.sha256,
    rows: lines === job.report.rows && lines === rowsOf(job, world),
    version: isOfOneVersion(job, bytes.toString('utf8'), world),
    job: metadata.jobId === job.id && metadata.generation === String(job.generation),
    request: metadata.requestHash === job.requestHash,
  };
  return Object.entries(facts).flatMap(([fact, isTrue]) => (isTrue ? [] : [`I4: the ${fact} of ${job.id} is wrong`]));
}

/** I4: what the row says of the bad cells is true, and their file is there where they are many. */
function checkBadCells({ id, report, datasets }: DoneJob, { uploads, bucket }: World): string[] {
  const bad = uploads.get(datasets?.[0]?.etag ?? '')?.bad ?? 0;
  const { count = 0, places = [], file } = report.badCells ?? {};
  const object = bucket.objects.get(file?.key ?? '');
  const facts = {
    count: count === bad && places.length === Math.min(bad, 10),
    file: (file !== undefined) === bad > 10 && object?.bytes.byteLength === file?.sizeBytes,
    lines: bad <= 10 || String(object?.bytes).split('\n').length - 1 === bad,
  };
  return Object.entries(facts).flatMap(([fact, isTrue]) =>
    isTrue ? [] : [`I4: the bad cells' ${fact} of ${id} is wrong`],
  );
}

/** I4: a job ends without a file only if that was asked for, and its rows were all read. */
function checkValidated({ id, validation, ...job }: ValidatedJob, { json }: Posted, world: World): string[] {
  const isAsked = 'validate' in json && json.validate === true;
  const bad = world.uploads.get(job.datasets?.[0]?.etag ?? '')?.bad ?? 0;
  const isTrue = isAsked && validation.rows === rowsOf(job, world) && validation.faultCount === bad;
  return isTrue ? [] : [`I4: the validation of ${id} is wrong`];
}

/** How many rows there were when the request was accepted. */
function rowsOf({ rowsTotal, datasets }: Pick<Job, 'rowsTotal' | 'datasets'>, { uploads }: World): number | undefined {
  const [dataset] = datasets ?? [];
  return dataset === undefined ? rowsTotal : uploads.get(dataset.etag)?.rows;
}

/** No row is of an upload other than the one that the request was accepted with. */
function isOfOneVersion({ datasets }: DoneJob, text: string, { uploads }: World): boolean {
  const accepted = datasets?.map(({ etag }) => uploads.get(etag)?.version);
  const found = text.match(/version-\d+/g) ?? [];
  return found.every((version) => accepted?.some((each) => each === version));
}

function checkDeserved({ id }: DoneJob, { behaviour }: Posted): string[] {
  return behaviour === 'whole' ? [] : [`I4: ${id} is done although its request ${behaviour}`];
}

/** I6: an error has a code that its request explains, and tells nothing of the inside. */
function checkError({ id, error: { code, detail }, datasets }: FailedJob, { behaviour }: Posted): string[] {
  const problems: string[] = [];
  const codes: readonly string[] = [...BEHAVIOURS[behaviour], ...(datasets === undefined ? [] : UPLOADED)];
  if (!codes.includes(code)) problems.push(`I6: ${id} (${behaviour}) ended with ${code}`);
  if (/\n|\bat .*:\d|https?:/.test(detail) || detail.includes(CANARY)) problems.push(`I6: ${id} tells: ${detail}`);
  return problems;
}

const WHOLE_TIME = (SETTINGS.workerTimeout - SETTINGS.deadlineMargin) * 1000;

/** I6: a job is too large only if some invocation that claimed it came to the end of its time. */
function checkDeadlines({ table, witness }: World): string[] {
  const long = new Set<string>();
  return table.history.flatMap(({ id, at, before, after }) => {
    const key = `${id}#${after.generation}`;
    const invokedAt = before === undefined ? at : (witness.claims.get(claimOf(before)) ?? at);
    if (at - invokedAt >= WHOLE_TIME) long.add(key);
    const isTooLarge = after.status === 'error' && after.error.code === 'TOO_LARGE';
    return isTooLarge && !long.has(key) ? [`I6: ${id} is called too large, and had not its time`] : [];
  });
}
