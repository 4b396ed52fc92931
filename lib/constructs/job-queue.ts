import { Duration, Names, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IQueue, Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

const CONSUME = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** The message of the workers, and where messages end that nobody could answer. */
export class JobQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { queue }: Config) {
    super(scope, id);
    // The one resource with a name of its own: the dead-letter queue's policy must tell the source's ARN while the
    // source's redrive policy tells the dead-letter queue's, and two references would be a circle.
    const queueName = Names.uniqueResourceName(this, { maxLength: 80, separator: '-' });
    this.deadLetters = new Queue(this, 'DeadLetters', {
      visibilityTimeout: Duration.seconds(queue.deadLetterVisibility),
      retentionPeriod: Duration.seconds(queue.deadLetterRetention),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [this.named(queueName)],
      },
    });
    this.queue = new Queue(this, 'Jobs', {
      queueName,
      visibilityTimeout: Duration.seconds(queue.visibility),
      retentionPeriod: Duration.seconds(queue.retention),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: queue.receives },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
  }

  grantSend(grantee: IGrantable): void {
    this.grant(grantee, this.queue, ['sqs:SendMessage']);
  }

  /** Taking messages, and shortening their visibility to the back-off. */
  grantWork(grantee: IGrantable): void {
    this.grant(grantee, this.queue, [...CONSUME, 'sqs:ChangeMessageVisibility']);
  }

  grantConsumeDeadLetters(grantee: IGrantable): void {
    this.grant(grantee, this.deadLetters, CONSUME);
  }

  private grant(grantee: IGrantable, queue: IQueue, actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [queue.queueArn] });
  }

  private named(queueName: string): IQueue {
    const queueArn = Stack.of(this).formatArn({ service: 'sqs', resource: queueName });
    return Queue.fromQueueArn(this, 'JobsByName', queueArn);
  }
}
