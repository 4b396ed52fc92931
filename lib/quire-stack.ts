import { CfnOutput, CliCredentialsStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { Api } from './constructs/api.ts';
import { DeadLetter } from './constructs/dead-letter.ts';
import { Enqueue } from './constructs/enqueue.ts';
import { IdempotencyTable } from './constructs/idempotency-table.ts';
import { JobQueue } from './constructs/job-queue.ts';
import { JobsTable } from './constructs/jobs-table.ts';
import { ReportBucket } from './constructs/report-bucket.ts';
import type { Bundles } from './constructs/service-function.ts';
import { Status } from './constructs/status.ts';
import { Sweeper } from './constructs/sweeper.ts';
import { Worker } from './constructs/worker.ts';

export interface QuireStackProps {
  readonly config: Config;
  readonly bundles: Bundles;
}

/** The service, in the order in which data flows through it. */
export class QuireStack extends Stack {
  constructor(scope: Construct, id: string, { config, bundles }: QuireStackProps) {
    super(scope, id, {
      description: `Quire, a report service (${config.stage})`,
      env: config.home ?? {},
      // Deploys with the caller's own credentials where there is nobody to hand them on to: an emulator that enforces
      // policies knows no bootstrap roles.
      ...(config.home ? { synthesizer: new CliCredentialsStackSynthesizer() } : {}),
    });
    Tags.of(this).add('service', 'quire');
    Tags.of(this).add('stage', config.stage);

    const jobs = new JobsTable(this, 'Jobs', config);
    const idempotency = new IdempotencyTable(this, 'Idempotency', config);
    const queue = new JobQueue(this, 'Queue', config);
    const reports = new ReportBucket(this, 'Reports', config);

    const enqueue = new Enqueue(this, 'Enqueue', { config, bundles, jobs, queue, reports });
    const worker = new Worker(this, 'Worker', { config, bundles, jobs, idempotency, queue, reports });
    const deadLetter = new DeadLetter(this, 'DeadLetter', { config, bundles, jobs, queue, reports });
    const sweeper = new Sweeper(this, 'Sweeper', { config, bundles, jobs, queue, reports });
    const status = new Status(this, 'Status', { config, bundles, jobs, reports });
    const api = new Api(this, 'Api', { config, enqueue, status });

    this.tell({
      ApiUrl: api.api.url,
      ApiId: api.api.restApiId,
      JobsTable: jobs.table.tableName,
      IdempotencyTable: idempotency.table.tableName,
      QueueUrl: queue.queue.queueUrl,
      DeadLetterQueueUrl: queue.deadLetters.queueUrl,
      Bucket: reports.bucket.bucketName,
      EnqueueFunction: enqueue.function.lambda.functionName,
      WorkerFunction: worker.function.lambda.functionName,
      DeadLetterFunction: deadLetter.function.lambda.functionName,
      SweeperFunction: sweeper.function.lambda.functionName,
      StatusFunction: status.function.lambda.functionName,
    });
  }

  private tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
