import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobsTable } from './jobs-table.ts';
import type { ReportBucket } from './report-bucket.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface RedriveProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly queue: JobQueue;
  readonly reports: ReportBucket;
}

/** `POST /status/{id}/redrive`: opens a failed job again, if what it is made of is still there. */
export class Redrive extends Construct {
  readonly function: ServiceFunction<'redrive'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, queue, reports }: RedriveProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Opens a failed job again',
      code: bundles.redrive,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: {
        AUTH: config.auth,
        JOBS_TABLE: jobs.table.tableName,
        QUEUE_URL: queue.queue.queueUrl,
        BUCKET: reports.bucket.bucketName,
        JOB_RETENTION_SECONDS: String(config.retention.job),
        UNSENT_GRACE_SECONDS: String(config.unsentGraceSeconds),
        QUEUED_WAIT_SECONDS: String(config.queuedWaitSeconds),
      },
    });
    jobs.grantAdvance(this.function);
    queue.grantSend(this.function);
    reports.grantLoadRequest(this.function);
    reports.grantReadDataset(this.function);
  }
}
