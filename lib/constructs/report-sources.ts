import { Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { InvalidSetting } from '../choosing.ts';

/** What the reports that are defined in code (`lambdas/reports/`) may read, each source under the name that they use. */
export interface ReportSources {
  readonly tables?: Readonly<Record<string, TableSource>>;
  readonly buckets?: Readonly<Record<string, BucketSource>>;
  /** Addresses of services that answer with JSON: https, ending in a slash. */
  readonly services?: Readonly<Record<string, string>>;
}

export interface TableSource {
  readonly table: ITable;
  /** The names of the indexes that may be queried. */
  readonly indexes?: readonly string[];
}

export interface BucketSource {
  readonly bucket: IBucket;
  /** A folder, ending in a slash; default the whole bucket. */
  readonly prefix?: string;
}

/**
 * The sources as the functions are told of them, as JSON (`SourceAddresses`).
 * @throws InvalidSetting for a service whose address is no folder behind https
 */
export function addressesOf(scope: Construct, { tables = {}, buckets = {}, services = {} }: ReportSources): string {
  for (const [name, address] of Object.entries(services)) {
    if (/^https:\/\/.*\/$/.test(address)) continue;
    throw new InvalidSetting(`services.${name}`, address, 'an address that begins with https:// and ends in a slash');
  }
  return Stack.of(scope).toJsonString({
    tables: mapped(tables, ({ table }) => table.tableName),
    buckets: mapped(buckets, ({ bucket, prefix = '' }) => ({ bucket: bucket.bucketName, prefix })),
    services,
  });
}

/** Lets a function read the sources, and nothing beside them. */
export function grantSources(
  grantee: IGrantable,
  scope: Construct,
  { tables = {}, buckets = {} }: ReportSources,
): void {
  for (const { table, indexes = [] } of Object.values(tables)) {
    const resourceArns = [table.tableArn, ...indexes.map((index) => `${table.tableArn}/index/${index}`)];
    Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query', 'dynamodb:Scan'], resourceArns });
    table.encryptionKey?.grantDecrypt(grantee);
  }
  for (const { bucket, prefix = '' } of Object.values(buckets)) {
    Grant.addToPrincipal({ grantee, actions: ['s3:GetObject'], resourceArns: [bucket.arnForObjects(`${prefix}*`)] });
    // Without it a missing object is answered as a forbidden one, which looks like an outage.
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:ListBucket'],
      resourceArns: [bucket.bucketArn],
      conditions: { StringLikeIfExists: { 's3:prefix': `${prefix}*` } },
    });
    bucket.encryptionKey?.grantDecrypt(grantee);
    acknowledge(scope, bucket, prefix);
  }
}

function acknowledge(scope: Construct, bucket: IBucket, prefix: string): void {
  const stack = Stack.of(scope);
  const own = bucket.node.defaultChild;
  const arn = own === undefined ? bucket.bucketArn : `<${stack.getLogicalId(own as CfnBucket)}.Arn>`;
  Validations.of(stack).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${arn}/${prefix}*]`,
    reason: 'A report reads a folder of files that come and go; the folder is what the stack names.',
  });
}

function mapped<T, R>(all: Readonly<Record<string, T>>, map: (one: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, map(one)]));
}
