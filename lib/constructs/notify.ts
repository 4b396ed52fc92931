import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { CallbackQueue } from './callback-queue.ts';
import type { JobsTable } from './jobs-table.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface NotifyProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly callbacks: CallbackQueue;
}

/** The one write of a row by which an open job becomes one that has ended; what comes later concerns the callback alone. */
const JOB_HAS_ENDED = FilterCriteria.filter({
  eventName: FilterRule.isEqual('MODIFY'),
  dynamodb: {
    OldImage: { status: { S: FilterRule.or('queued', 'processing') } },
    NewImage: { status: { S: FilterRule.or('done', 'error', 'cancelled') } },
  },
});

/** Announces the end of each job: as an event on the account's bus and, if asked for, to the queue of callbacks. */
export class Notify extends Construct {
  readonly function: ServiceFunction<'notify'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, callbacks }: NotifyProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Announces that a job has ended: an event, and a message for its callback',
      code: bundles.notify,
      timeout: config.callbacks.notifyTimeout,
      memoryMb: 256,
      environment: { CALLBACK_QUEUE_URL: callbacks.queue.queueUrl },
    });
    callbacks.grantSend(this.function);
    this.grantPublish(this.function);
    jobs.grantStream(this.function);
    callbacks.grantPutAway(this.function);
    this.function.lambda.addEventSourceMapping('Ends', {
      eventSourceArn: jobs.table.tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      reportBatchItemFailures: true,
      retryAttempts: config.callbacks.notifyRetries,
      // What could not be told is kept where a person looks.
      onFailure: { bind: () => ({ destination: callbacks.deadLetters.queueArn }) },
      filters: [JOB_HAS_ENDED],
    });
  }

  private grantPublish(grantee: IGrantable): void {
    const bus = Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
    Grant.addToPrincipal({ grantee, actions: ['events:PutEvents'], resourceArns: [bus] });
  }
}
