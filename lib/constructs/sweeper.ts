import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { CallbackQueue } from './callback-queue.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobsTable } from './jobs-table.ts';
import type { ReportBucket } from './report-bucket.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface SweeperProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly queue: JobQueue;
  readonly reports: ReportBucket;
  readonly callbacks: CallbackQueue;
}

/** Every minute: sends what was never sent, re-opens what died, closes what cannot finish. */
export class Sweeper extends Construct {
  readonly function: ServiceFunction<'sweeper'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, queue, reports, callbacks }: SweeperProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Sends overdue jobs again, or ends them',
      code: bundles.sweeper,
      timeout: config.sweeper.timeout,
      memoryMb: 256,
      environment: {
        JOBS_TABLE: jobs.table.tableName,
        QUEUE_URL: queue.queue.queueUrl,
        BUCKET: reports.bucket.bucketName,
        MAX_ATTEMPTS: String(config.worker.attempts),
        QUEUED_WAIT_SECONDS: String(config.queuedWaitSeconds),
        QUEUED_MAX_AGE_SECONDS: String(config.queuedMaxAgeSeconds),
        REPORT_RETENTION_SECONDS: String(config.retention.report),
        CALLBACK_QUEUE_URL: callbacks.queue.queueUrl,
      },
    });
    jobs.grantSweep(this.function);
    queue.grantSend(this.function);
    callbacks.grantSend(this.function);
    reports.grantInspectReport(this.function);
    reports.grantRemoveReport(this.function);
    this.runEvery(Duration.seconds(config.sweeper.interval));
  }

  private runEvery(interval: Duration): void {
    // The next tick is the retry: tries that pile up behind a failing one would only compete with it.
    this.function.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: interval });
    new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(interval),
      targets: [new LambdaFunction(this.function.lambda, { retryAttempts: 0, maxEventAge: interval })],
    });
  }
}
