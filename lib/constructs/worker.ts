import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { IdempotencyTable } from './idempotency-table.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobsTable } from './jobs-table.ts';
import type { ReportBucket } from './report-bucket.ts';
import { addressesOf, grantSources, type ReportSources } from './report-sources.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface WorkerProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly idempotency: IdempotencyTable;
  readonly queue: JobQueue;
  readonly reports: ReportBucket;
  readonly sources: ReportSources;
}

/** Claims a job, renders it, publishes the report. */
export class Worker extends Construct {
  readonly function: ServiceFunction<'worker'>;

  constructor(
    scope: Construct,
    id: string,
    { config, bundles, jobs, idempotency, queue, reports, sources }: WorkerProps,
  ) {
    super(scope, id);
    const { worker } = config;
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Renders one report for each message',
      code: bundles.worker,
      timeout: worker.timeout,
      memoryMb: config.workerMemoryMb,
      reservedConcurrency: worker.reservedConcurrency,
      environment: {
        JOBS_TABLE: jobs.table.tableName,
        IDEMPOTENCY_TABLE: idempotency.table.tableName,
        QUEUE_URL: queue.queue.queueUrl,
        BUCKET: reports.bucket.bucketName,
        LEASE_SECONDS: String(worker.lease),
        MAX_ATTEMPTS: String(worker.attempts),
        BACKOFF_BASE_SECONDS: String(worker.backOffBase),
        BACKOFF_CAP_SECONDS: String(worker.backOffCap),
        SWEEP_INTERVAL_SECONDS: String(config.sweeper.interval),
        REPORT_RETENTION_SECONDS: String(config.retention.report),
        IDEMPOTENCY_EXPIRY_SECONDS: String(worker.idempotencyExpiry),
        DEADLINE_MARGIN_SECONDS: String(config.deadlineMarginSeconds),
        DATASET_MAX_UNPACKED_BYTES: String(config.datasets.unpackedBytes),
        DATASET_MAX_RATIO: String(config.datasets.ratio),
        DATASET_MAX_ROWS: String(config.datasets.rows),
        DATASET_MAX_RECORD_LENGTH: String(config.datasets.recordLength),
        DATASET_MAX_DEPTH: String(config.datasets.depth),
        DATASET_MAX_ROW_GROUP_BYTES: String(config.datasets.rowGroupBytes),
        REPORT_SOURCES: addressesOf(this, sources),
      },
    });
    jobs.grantAdvance(this.function);
    idempotency.grantLock(this.function);
    reports.grantLoadRequest(this.function);
    reports.grantReadDataset(this.function);
    reports.grantPublishReport(this.function);
    reports.grantInspectReport(this.function);
    queue.grantWork(this.function);
    grantSources(this.function, this, sources);
    this.function.lambda.addEventSourceMapping('Jobs', {
      eventSourceArn: queue.queue.queueArn,
      // A killed batch kills its neighbours, and reports are heavy.
      batchSize: 1,
      reportBatchItemFailures: true,
      // Bounds the pollers themselves. A bound on the function alone would throttle messages into the dead-letter
      // queue without a single run.
      maxConcurrency: config.maxConcurrency,
    });
  }
}
