import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import type { ReportSources } from './constructs/report-sources.ts';

/**
 * The one place in which the stack says what the reports of `lambdas/reports/` may read. A report whose sources are not
 * all here does not exist in that stage. The `local` stage has those of the two that come with the service.
 */
export function reportSources(scope: Construct, { stage }: Config): ReportSources {
  if (stage !== 'local') return {};
  const airports = new Table(scope, 'AirportsTable', {
    partitionKey: { name: 'state', type: AttributeType.STRING },
    sortKey: { name: 'iata', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const flights = new Bucket(scope, 'FlightsBucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return { tables: { airports: { table: airports } }, buckets: { flights: { bucket: flights } } };
}
