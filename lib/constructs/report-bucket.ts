import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PREFIXES } from '../../lambdas/contract.ts';
import type { Config } from '../config.ts';

/** Large requests, datasets and reports, each under its prefix and with its own end of life. */
export class ReportBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: config.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        // As long as the row: a failed job may be opened again from its request.
        { id: 'requests', prefix: PREFIXES.requests, expiration: Duration.days(config.jobRetentionDays) },
        { id: 'datasets', prefix: PREFIXES.datasets, expiration: Duration.days(config.datasetRetentionDays) },
        { id: 'reports', prefix: PREFIXES.reports, expiration: Duration.days(config.reportRetentionDays) },
        // What killed workers leave behind is billed and shows in no listing.
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    this.refuseOverwriting();
    this.acknowledgeFolders(PREFIXES.requests, PREFIXES.datasets, PREFIXES.reports);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Every read is a link that the status function signed and logged; enable data events for more.',
    });
  }

  grantSaveRequest(grantee: IGrantable): void {
    this.grant(grantee, PREFIXES.requests, 's3:PutObject');
  }

  grantLoadRequest(grantee: IGrantable): void {
    this.grant(grantee, PREFIXES.requests, 's3:GetObject');
    this.grantTellMissing(grantee, PREFIXES.requests);
  }

  /** A presigned link to upload can do no more than the role that signed it. */
  grantUploadDataset(grantee: IGrantable): void {
    this.grant(grantee, PREFIXES.datasets, 's3:PutObject');
  }

  /** Reading a dataset, and telling one that is not there from one that may not be read. */
  grantReadDataset(grantee: IGrantable): void {
    this.grant(grantee, PREFIXES.datasets, 's3:GetObject');
    this.grantTellMissing(grantee, PREFIXES.datasets);
  }

  /** Publishing a report, and taking back what nobody wants any more. */
  grantPublishReport(grantee: IGrantable): void {
    this.grant(grantee, PREFIXES.reports, 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject');
  }

  /** Taking away what nobody wants any more. */
  grantRemoveReport(grantee: IGrantable): void {
    this.grant(grantee, PREFIXES.reports, 's3:DeleteObject');
  }

  /** Looking at what stands under a report's key, also when nothing does. */
  grantInspectReport(grantee: IGrantable): void {
    this.grantReadReport(grantee);
    this.grantTellMissing(grantee, PREFIXES.reports);
  }

  /** A presigned link can do no more than the role that signed it. */
  grantReadReport(grantee: IGrantable): void {
    this.grant(grantee, PREFIXES.reports, 's3:GetObject');
  }

  private grant(grantee: IGrantable, prefix: string, ...actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.bucket.arnForObjects(`${prefix}*`)] });
  }

  /**
   * Without the right to list, S3 answers 403 for a key that does not exist. Whether it sees a prefix in a HEAD is
   * documented nowhere: `IfExists` holds a listing to its folder and asks nothing of a HEAD.
   */
  private grantTellMissing(grantee: IGrantable, prefix: string): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:ListBucket'],
      resourceArns: [this.bucket.bucketArn],
      conditions: { StringLikeIfExists: { 's3:prefix': `${prefix}*` } },
    });
  }

  /** The one wildcard in the roles of this stack, so it is acknowledged where it is made. */
  private acknowledgeFolders(...prefixes: string[]): void {
    const stack = Stack.of(this);
    const bucket = stack.getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    for (const prefix of prefixes) {
      Validations.of(stack).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${prefix}*]`,
        reason: 'A role covers a folder: its keys contain tenants and jobs that are not known in advance.',
      });
    }
  }

  /**
   * A report is published once: not even a worker with a bug can write over one. Starting an upload and sending its parts
   * carry no such header and create nothing yet, so they are let through.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
   */
  private refuseOverwriting(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'PublishReportsOnce',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${PREFIXES.reports}*`)],
        conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      }),
    );
  }
}
