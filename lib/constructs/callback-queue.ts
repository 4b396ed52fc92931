import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

/** What a callback is sent through, and what it is signed with. */
export class CallbackQueue extends Construct {
  readonly queue: Queue;
  /** Callbacks that nobody took after all tries, for replay. */
  readonly deadLetters: Queue;
  readonly secret: Secret;
  /**
   * The ARN of the secret, by the resource's attribute `Id`, which is the ARN as `Ref` is
   * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html#aws-resource-secretsmanager-secret-return-values);
   * MiniStack's `Ref` is the name, by which no policy allows anything.
   */
  readonly secretArn: string;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const { callbacks } = config;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.seconds(config.queue.deadLetterRetention),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Callbacks', {
      visibilityTimeout: Duration.seconds(callbacks.visibility),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: config.queue.receives },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.secret = new Secret(this, 'Secret', {
      description: "The master secret from which every tenant's callback keys are derived",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: config.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.secretArn = (this.secret.node.defaultChild as CfnSecret).attrId;
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Receivers have to take part in a rotation, so a person starts it: see docs/callbacks.md.',
    });
  }

  grantSend(grantee: IGrantable): void {
    Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [this.queue.queueArn] });
  }

  /** Taking messages, sending the next try, and putting away what nobody took. */
  grantWork(grantee: IGrantable): void {
    const consume = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'];
    Grant.addToPrincipal({ grantee, actions: consume, resourceArns: [this.queue.queueArn] });
    this.grantPutAway(grantee);
  }

  grantPutAway(grantee: IGrantable): void {
    Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [this.deadLetters.queueArn] });
  }

  grantReadSecret(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.secretArn],
    });
  }
}
