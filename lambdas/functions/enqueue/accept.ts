import { randomUUID } from 'node:crypto';
import { type CallbackPolicy, callbackUrlFault } from '../../domain/callback-url.ts';
import { requestHash } from '../../domain/canonical.ts';
import type { AcceptedDataset } from '../../domain/dataset.ts';
import { fileNameFor } from '../../domain/file-name.ts';
import { keyedJobId, randomJobId } from '../../domain/ids.ts';
import { invalidRequest } from '../../domain/issues.ts';
import type { Job, QueuedJob, RequestLocation } from '../../domain/job.ts';
import { requestKey, sweepShardOf } from '../../domain/keys.ts';
import { isSingleTable, parseRequest } from '../../domain/parse-request.ts';
import type { Clock, DatasetStore, JobQueue, JobTable, Log, RequestStore } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import type { ReportDefinition } from '../../domain/report-definition.ts';
import type { ReportRequest } from '../../domain/request.ts';
import { isGone } from '../../domain/retention.ts';
import { type Asked, isShareable, sharedIds } from '../../domain/reuse.ts';
import type { Address } from '../../domain/view.ts';
import { sendJob } from '../../rescue/send-job.ts';
import { acceptedDatasets, type DatasetSettings } from './accepted-datasets.ts';
import { resolveReports, withTitle } from './resolve-reports.ts';

/** Up to here the row's write units cost less than one S3 PUT. */
const INLINE_LIMIT_BYTES = 8 * 1024;

export interface AcceptPorts {
  readonly jobs: JobTable;
  readonly queue: JobQueue;
  readonly requests: RequestStore;
  readonly datasets: DatasetStore;
  /** The reports that this stage has the sources of. */
  readonly definitions: readonly ReportDefinition[];
  readonly clock: Clock;
  readonly log: Log;
}

/** In seconds. */
export interface AcceptSettings extends DatasetSettings {
  readonly callbackPolicy: CallbackPolicy;
  readonly jobRetention: number;
  readonly unsentGrace: number;
  readonly queuedWait: number;
}

export interface Posted {
  readonly tenant: string;
  readonly idempotencyKey?: string | undefined;
  readonly json: unknown;
  readonly addressOf: Address;
  /** API Gateway's name for the call. */
  readonly requestId?: string | undefined;
}

export interface Accepted {
  readonly job: Job;
  readonly replayed: boolean;
}

/**
 * Accepts a request: stores it, creates its job if there is none, and sends for a worker. From the moment that the row
 * stands, the request is accepted: if the send fails, the sweeper sends.
 * @throws Problem when the request is wrong, when a dataset that it names cannot be read, when its key belongs to another
 * request, or when the report of its key is past its retention.
 */
export async function accept(posted: Posted, ports: AcceptPorts, settings: AcceptSettings): Promise<Accepted> {
  const { definitions } = ports;
  const parsed = parseRequest(withTitle(posted.json, definitions));
  const request = resolveReports(parsed, definitions, isSingleTable(posted.json));
  checkCallback(request, settings.callbackPolicy);
  const datasets = await datasetsOf(posted, request, ports, settings);
  if (!Array.isArray(datasets)) return datasets;
  const asked = { tenant: posted.tenant, requestHash: requestHash(posted.json), request, datasets };
  for (const id of sharedIdsOf(posted, asked, ports.clock.now())) {
    const accepted = await acceptAs(posted, { ...asked, id, isShared: true }, ports, settings);
    if (accepted !== undefined) return accepted;
  }
  const own = { ...asked, id: ownIdOf(posted, ports.clock.now()), isShared: false };
  return (await acceptAs(posted, own, ports, settings)) as Accepted;
}

interface Checked extends Asked {
  /** Of the job that it is to become. */
  readonly id: string;
  /** Whether equal requests are given one job. */
  readonly isShared: boolean;
}

/** @returns the job under its id; `undefined` where it is shared, and what stands there is not to be handed out */
async function acceptAs(
  posted: Posted,
  checked: Checked,
  ports: AcceptPorts,
  settings: AcceptSettings,
): Promise<Accepted | undefined> {
  const job = await newJob(posted, checked, ports, settings);
  const created = await ports.jobs.create(job);
  const standing = created.created ? job : created.existing;
  if (checked.isShared && !isShareable(standing, ports.clock.now())) return undefined;
  if (standing.requestHash !== job.requestHash) throw keyReused();
  if (standing.acceptId !== job.acceptId) return replay(standing, ports);
  // New, or our own put that was made, whose reply was lost and which the SDK tried again.
  ports.log.measure('accepted', { jobId: job.id, rows: job.rowsTotal }, { Accepted: 1 });
  await sendJob(job, ports, settings.queuedWait);
  return { job: standing, replayed: false };
}

/**
 * The versions of the datasets that are named. A request that was accepted under its key is answered as before, whatever
 * has become of its datasets since.
 */
async function datasetsOf(
  posted: Posted,
  request: ReportRequest,
  ports: AcceptPorts,
  settings: AcceptSettings,
): Promise<AcceptedDataset[] | Accepted> {
  const { tenant, idempotencyKey, json } = posted;
  try {
    return await acceptedDatasets({ request, wasSingle: isSingleTable(json), tenant }, ports, settings);
  } catch (cause) {
    if (!(cause instanceof Problem) || idempotencyKey === undefined) throw cause;
    const earlier = await ports.jobs.read(keyedJobId(tenant, idempotencyKey));
    if (earlier?.requestHash !== requestHash(json)) throw cause;
    return replay(earlier, ports);
  }
}

function replay(job: Job, { clock, log }: AcceptPorts): Accepted {
  if (isGone(job, clock.now())) {
    throw new Problem('GONE', 'The report of this Idempotency-Key was removed after its retention. Send a new key.');
  }
  log.measure('replayed', { jobId: job.id, acceptedAs: job.requestId }, { Replayed: 1 });
  return { job, replayed: true };
}

/** The ids under which an equal request may have been accepted; none where nobody asks for an earlier report. */
function sharedIdsOf({ idempotencyKey }: Posted, asked: Asked, now: number): string[] {
  const { reuseWithinSeconds = 0 } = asked.request;
  if (reuseWithinSeconds === 0) return [];
  if (idempotencyKey !== undefined) {
    const message = 'must not stand beside an Idempotency-Key, which names a job of its own';
    throw invalidRequest([{ path: ['reuseWithinSeconds'], code: 'INVALID_VALUE', message }]);
  }
  return sharedIds(asked, reuseWithinSeconds, now);
}

function ownIdOf({ tenant, idempotencyKey }: Posted, now: number): string {
  return idempotencyKey === undefined ? randomJobId(now) : keyedJobId(tenant, idempotencyKey);
}

async function newJob(
  posted: Posted,
  { id, tenant, request, requestHash, datasets }: Checked,
  { clock, requests }: AcceptPorts,
  settings: AcceptSettings,
): Promise<QueuedJob> {
  const now = clock.now();
  return {
    id,
    tenant,
    status: 'queued',
    format: request.format,
    fileName: fileNameFor(request.fileName ?? request.title, request.format),
    reference: request.reference ?? null,
    requestHash,
    ...(datasets.length > 0 && { datasets }),
    // Made here: what names a call in an event may come from the caller, and two calls may bear one name.
    acceptId: randomUUID(),
    ...(posted.requestId !== undefined && { requestId: posted.requestId }),
    request: await locate(request, requestKey(id, requestHash), requests),
    ...callbackOf(request, posted.addressOf(`status/${id}`)),
    rowsTotal: rowsOf(request),
    createdAt: new Date(now).toISOString(),
    openedAt: new Date(now).toISOString(),
    expiresAt: Math.floor(now / 1000) + settings.jobRetention,
    generation: 1,
    attempt: 0,
    tries: 0,
    sends: 0,
    sweepShard: sweepShardOf(id),
    sweepAt: now + settings.unsentGrace * 1000,
  };
}

/** Nobody knows how many rows a dataset has before it is read. */
function rowsOf({ tables }: ReportRequest): number | undefined {
  if (tables.some(({ rows }) => rows === undefined)) return undefined;
  return tables.reduce((sum, { rows = [] }) => sum + rows.length, 0);
}

/** Saved before the row is created, so that no row ever names a request that is not there. */
async function locate(request: ReportRequest, key: string, requests: RequestStore): Promise<RequestLocation> {
  const json = JSON.stringify(request);
  if (Buffer.byteLength(json) <= INLINE_LIMIT_BYTES) return { kind: 'inline', json };
  await requests.save(key, json);
  return { kind: 'stored', key };
}

/** The stage decides where callbacks may go, so the schema cannot. */
function checkCallback({ callbackUrl }: ReportRequest, policy: CallbackPolicy): void {
  const fault = callbackUrl === undefined ? undefined : callbackUrlFault(callbackUrl, policy);
  if (fault === undefined) return;
  throw invalidRequest([{ path: ['callbackUrl'], code: 'INVALID_VALUE', message: fault }]);
}

function callbackOf({ callbackUrl }: ReportRequest, statusUrl: string): Pick<Job, 'callbackUrl' | 'statusUrl'> {
  return callbackUrl === undefined ? {} : { callbackUrl, statusUrl };
}

function keyReused(): Problem {
  return new Problem(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used with another request body. Send the same body, or a new key.',
  );
}
