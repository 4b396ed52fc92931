import { decompressed } from '../../../lambdas/datasets/decompress.ts';
import { DEFAULT_LIMITS } from '../../../lambdas/datasets/limits.ts';
import { rowOpener } from '../../../lambdas/datasets/open-rows.ts';
import { datasetKey } from '../../../lambdas/domain/dataset.ts';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import type { JobMessage } from '../../../lambdas/domain/job.ts';
import type { Handled } from '../../../lambdas/domain/ports.ts';
import type { Renderer } from '../../../lambdas/domain/rendering.ts';
import type { ReportDefinition, ReportSources } from '../../../lambdas/domain/report-definition.ts';
import { type Accepted, accept } from '../../../lambdas/functions/enqueue/accept.ts';
import { type SweepSummary, sweep } from '../../../lambdas/functions/sweeper/sweep.ts';
import type { OpenRows } from '../../../lambdas/functions/worker/ports.ts';
import { work } from '../../../lambdas/functions/worker/work.ts';
import { lineRenderer } from '../line-renderer.ts';
import { addressOf, QUEUES, SETTINGS } from '../settings.ts';
import { BucketState } from './bucket.ts';
import { MemoryCallbackQueue } from './callback-queue.ts';
import { ManualClock } from './clock.ts';
import { MemoryDatasetStore, upload } from './dataset-store.ts';
import { FaultyGate } from './faulty-gate.ts';
import { MemoryJobTable, TableState } from './job-table.ts';
import { MemoryLinks } from './links.ts';
import { MemoryLog } from './log.ts';
import { LockState, MemoryOnce } from './once.ts';
import { MemoryJobQueue, MemoryQueue, type Received } from './queue.ts';
import { MemoryReportSources } from './report-sources.ts';
import { MemoryReportStore } from './report-store.ts';
import { MemoryRequestStore } from './request-store.ts';

export const TENANT = 'arn:aws:iam::123456789012:user/reports';

/** The whole service in memory: the real use cases on ports that keep their state where a test can look at it. */
export class MemoryService {
  readonly clock = new ManualClock();
  readonly table = new TableState(this.clock);
  readonly bucket = new BucketState();
  readonly deadLetters = new MemoryQueue(this.clock, { visibility: QUEUES.deadLetterVisibility });
  readonly queue = new MemoryQueue(this.clock, {
    visibility: QUEUES.visibility,
    redrive: { maxReceives: QUEUES.maxReceives, to: this.deadLetters },
  });
  /** What was sent to the callback queue. */
  readonly callbacks: (JobMessage & { readonly delay: number })[] = [];
  readonly locks = new LockState();
  readonly log = new MemoryLog();
  readonly faults = new FaultyGate();
  /** Stands in for the engines, which have tests of their own. */
  renderer: Renderer = lineRenderer();
  /** Reports that are defined in code, and what they read. */
  definitions: readonly ReportDefinition[] = [];
  sources: ReportSources = new MemoryReportSources();
  openRows: OpenRows = (...opening) =>
    rowOpener({
      ...this.ports,
      limits: DEFAULT_LIMITS,
      unpack: decompressed,
      reports: { definitions: this.definitions, sources: this.sources },
    })(...opening);
  #invocations = 0;

  get ports() {
    const { clock, log, table, queue, bucket, faults } = this;
    return {
      jobs: new MemoryJobTable(table, faults.gate),
      queue: new MemoryJobQueue(queue, faults.gate),
      callbacks: new MemoryCallbackQueue(faults.gate, this.callbacks),
      requests: new MemoryRequestStore(bucket, faults.gate),
      reports: new MemoryReportStore(bucket, faults.gate),
      datasets: new MemoryDatasetStore(bucket, faults.gate),
      definitions: this.definitions,
      links: new MemoryLinks(clock),
      clock,
      log,
    };
  }

  post(json: unknown, idempotencyKey?: string, tenant = TENANT, requestId?: string): Promise<Accepted> {
    return accept({ tenant, idempotencyKey, json, addressOf, requestId }, this.ports, SETTINGS);
  }

  /** Uploads rows as a client does; over those of `id`, where one is given. @returns the id of the dataset */
  upload(bytes: Uint8Array | string, id = randomJobId(this.clock.now()), tenant = TENANT): string {
    upload(this.bucket, datasetKey(tenant, id), bytes, this.clock.now());
    return id;
  }

  /** One delivery to a worker; `undefined` when there is no message to be had. */
  async deliver(deadline: AbortSignal = new AbortController().signal): Promise<Handled | undefined> {
    const received = this.queue.receive();
    return received && this.handle(received, deadline);
  }

  /** What a worker does with one message, and what becomes of the message. */
  async handle(received: Received, deadline: AbortSignal = new AbortController().signal): Promise<Handled> {
    this.#invocations += 1;
    const invocation = {
      clock: this.clock,
      remaining: () => SETTINGS.workerTimeout * 1000,
      expiresAfter: SETTINGS.jobRetention,
    };
    const once = new MemoryOnce(this.locks, invocation, this.faults.gate);
    const ports = {
      ...this.ports,
      once,
      rendererOf: async () => this.renderer,
      openRows: this.openRows,
      random: () => 0.5,
    };
    const delivery = new MemoryJobQueue(this.queue, this.faults.gate).delivery(
      received,
      `invocation-${this.#invocations}`,
    );
    const handled = await work(delivery, deadline, ports, SETTINGS);
    if (handled === 'acknowledge') this.queue.delete(received.receiptHandle);
    return handled;
  }

  /** A worker takes the next message and dies right before that operation; its lease runs out, its message is hidden. */
  async dieBefore(operation: string): Promise<void> {
    const death = new Promise<void>((resolve) => {
      this.faults.before(operation, () => {
        resolve();
        return new Promise<void>(() => {});
      });
    });
    void this.deliver();
    await death;
    this.clock.advance(SETTINGS.lease + 1);
  }

  /** Another message for a job, as the sweeper would send it. */
  sendAgain(jobId: string): void {
    this.queue.send(JSON.stringify({ jobId, generation: 1 }));
  }

  /** One round of the sweeper. */
  sweep(): Promise<SweepSummary> {
    return sweep(this.ports, SETTINGS, () => false);
  }

  /** Which transitions a row has seen, in order. */
  writesOf(id: string): string[] {
    return this.table.history.filter((write) => write.id === id).map(({ name }) => name);
  }

  reports(): string[] {
    return [...this.bucket.objects.keys()].filter((key) => key.startsWith('reports/'));
  }
}

/** A request of so many rows. */
export function request(changes: Record<string, unknown> = {}, rows = 2) {
  return {
    format: 'xlsx',
    title: 'Sales',
    columns: [{ key: 'region' }, { key: 'total', type: 'number' }],
    rows: Array.from({ length: rows }, (_, i) => [`Region ${i}`, i]),
    ...changes,
  };
}
