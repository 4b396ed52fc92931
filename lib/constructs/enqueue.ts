import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobsTable } from './jobs-table.ts';
import type { ReportBucket } from './report-bucket.ts';
import { addressesOf, type ReportSources } from './report-sources.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface EnqueueProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly queue: JobQueue;
  readonly reports: ReportBucket;
  readonly sources: ReportSources;
}

/** `POST /generate`: writes the row, sends the message. */
export class Enqueue extends Construct {
  readonly function: ServiceFunction<'enqueue'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, queue, reports, sources }: EnqueueProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Accepts a request: one row, one message',
      code: bundles.enqueue,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: {
        AUTH: config.auth,
        JOBS_TABLE: jobs.table.tableName,
        QUEUE_URL: queue.queue.queueUrl,
        BUCKET: reports.bucket.bucketName,
        CALLBACK_POLICY: config.callbacks.policy,
        REPORT_SOURCES: addressesOf(this, sources),
        DATASET_RETENTION_SECONDS: String(config.retention.dataset),
        DATASET_MAX_BYTES: String(config.datasets.maxBytes),
        JOB_RETENTION_SECONDS: String(config.retention.job),
        UNSENT_GRACE_SECONDS: String(config.unsentGraceSeconds),
        QUEUED_WAIT_SECONDS: String(config.queuedWaitSeconds),
      },
    });
    jobs.grantCreate(this.function);
    // A request whose dataset is gone may have been accepted before.
    jobs.grantRead(this.function);
    queue.grantSend(this.function);
    reports.grantSaveRequest(this.function);
    reports.grantReadDataset(this.function);
  }
}
