import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { CallbackQueue } from './callback-queue.ts';
import type { JobsTable } from './jobs-table.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface CallbackProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly callbacks: CallbackQueue;
}

/** Posts signed callbacks. A function of its own, outside of any network: there is nothing private that it could reach. */
export class Callback extends Construct {
  readonly function: ServiceFunction<'callback'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, callbacks }: CallbackProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Posts signed callbacks',
      code: bundles.callback,
      timeout: config.callbacks.timeout,
      memoryMb: 256,
      environment: {
        JOBS_TABLE: jobs.table.tableName,
        CALLBACK_QUEUE_URL: callbacks.queue.queueUrl,
        CALLBACK_DEAD_LETTER_URL: callbacks.deadLetters.queueUrl,
        CALLBACK_SECRET: callbacks.secretArn,
        CALLBACK_POLICY: config.callbacks.policy,
      },
    });
    jobs.grantAdvance(this.function);
    callbacks.grantWork(this.function);
    callbacks.grantReadSecret(this.function);
    this.function.lambda.addEventSourceMapping('Callbacks', {
      eventSourceArn: callbacks.queue.queueArn,
      // A receiver that hangs must not make another one wait.
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: config.callbacks.maxConcurrency,
    });
  }
}
