import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { JOBS_TABLE } from '../../lambdas/contract.ts';
import type { Config } from '../config.ts';

/** The truth about every job. Both indexes hold keys alone: no transition writes to `byTenant`, and readers go to the row. */
export class JobsTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: JOBS_TABLE.key, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: JOBS_TABLE.ttl,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.protect,
      removalPolicy: config.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.addIndex(JOBS_TABLE.byTenant, AttributeType.STRING);
    this.addIndex(JOBS_TABLE.sweep, AttributeType.NUMBER);
  }

  /** Putting a job that is new, and noting that its message was sent. */
  grantCreate(grantee: IGrantable): void {
    this.grant(grantee, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
  }

  grantRead(grantee: IGrantable): void {
    this.grant(grantee, 'dynamodb:GetItem');
  }

  /** Reading a row and moving it along the state machine. */
  grantAdvance(grantee: IGrantable): void {
    this.grant(grantee, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
  }

  /** Finding the jobs that are due, and moving them. */
  grantSweep(grantee: IGrantable): void {
    this.grantAdvance(grantee);
    this.grantQuery(grantee, JOBS_TABLE.sweep.name);
  }

  /** Finding the jobs of a tenant, and reading them. */
  grantList(grantee: IGrantable): void {
    this.grant(grantee, 'dynamodb:BatchGetItem');
    this.grantQuery(grantee, JOBS_TABLE.byTenant.name);
  }

  /** Following what changes. Lambda asks for all four, and takes the stream's own name as their resource. */
  grantStream(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`),
      resourceArns: [this.table.tableStreamArn ?? ''],
    });
  }

  private grantQuery(grantee: IGrantable, index: string): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: [`${this.table.tableArn}/index/${index}`],
    });
  }

  private grant(grantee: IGrantable, ...actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }

  private addIndex(index: { name: string; partition: string; sort: string }, sortType: AttributeType): void {
    this.table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: { name: index.partition, type: AttributeType.STRING },
      sortKey: { name: index.sort, type: sortType },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
