import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobsTable } from './jobs-table.ts';
import type { ReportBucket } from './report-bucket.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface DeadLetterProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly queue: JobQueue;
  readonly reports: ReportBucket;
}

/** Ends the jobs whose messages nobody could answer, unless somebody is alive and at work on them. */
export class DeadLetter extends Construct {
  readonly function: ServiceFunction<'deadLetter'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, queue, reports }: DeadLetterProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Ends the jobs whose messages ended in the dead-letter queue',
      code: bundles.deadLetter,
      timeout: config.deadLetter.timeout,
      memoryMb: 256,
      environment: {
        JOBS_TABLE: jobs.table.tableName,
        BUCKET: reports.bucket.bucketName,
        MAX_ATTEMPTS: String(config.worker.attempts),
        QUEUED_WAIT_SECONDS: String(config.queuedWaitSeconds),
        QUEUED_MAX_AGE_SECONDS: String(config.queuedMaxAgeSeconds),
        REPORT_RETENTION_SECONDS: String(config.retention.report),
      },
    });
    jobs.grantAdvance(this.function);
    queue.grantConsumeDeadLetters(this.function);
    reports.grantInspectReport(this.function);
    this.function.lambda.addEventSourceMapping('DeadLetters', {
      eventSourceArn: queue.deadLetters.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: config.deadLetter.maxConcurrency,
    });
  }
}
