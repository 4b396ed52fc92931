import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { IDEMPOTENCY_TABLE, JOBS_TABLE, PREFIXES } from '../../../lambdas/contract.ts';
import { resource, templateOf } from '../synthesis.ts';

const prod = templateOf('prod');

describe('the jobs table', () => {
  const jobs = resource(prod, 'AWS::DynamoDB::Table', 'Jobs');

  it('is found by the contract’s key', () => {
    expect(jobs.Properties.KeySchema).toEqual([{ AttributeName: JOBS_TABLE.key, KeyType: 'HASH' }]);
  });

  it.each([JOBS_TABLE.byTenant, JOBS_TABLE.sweep])(
    'has the index $name, of keys alone',
    ({ name, partition, sort }) => {
      expect(jobs.Properties.GlobalSecondaryIndexes).toContainEqual({
        IndexName: name,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      });
    },
  );

  it('streams what stood and what stands', () => {
    expect(jobs.Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  it('forgets rows by the contract’s attribute', () => {
    expect(jobs.Properties.TimeToLiveSpecification).toEqual({ AttributeName: JOBS_TABLE.ttl, Enabled: true });
  });

  it('can be restored to any point in time', () => {
    expect(jobs.Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  it('grows with the load', () => {
    expect(jobs.Properties.BillingMode).toBe('PAY_PER_REQUEST');
  });
});

describe('the idempotency table', () => {
  const idempotency = resource(prod, 'AWS::DynamoDB::Table', 'Idempotency').Properties;

  it('is keyed and forgotten by Powertools’ attributes', () => {
    expect(idempotency.KeySchema).toEqual([{ AttributeName: IDEMPOTENCY_TABLE.key, KeyType: 'HASH' }]);
    expect(idempotency.TimeToLiveSpecification).toEqual({ AttributeName: IDEMPOTENCY_TABLE.ttl, Enabled: true });
  });
});

describe('the bucket', () => {
  const bucket = resource(prod, 'AWS::S3::Bucket').Properties;

  it('is not public, in no way', () => {
    expect(bucket.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  it('owns whatever is put there', () => {
    expect(bucket.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  it('is encrypted', () => {
    const [rule] = bucket.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('AES256');
  });

  it.each([
    ['aws:SecureTransport', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['s3:TlsVersion', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
  ])('refuses what does not come over TLS 1.2: %s', (_, Condition) => {
    hasStatement({ Effect: 'Deny', Action: 's3:*', Condition });
  });

  it('refuses to write over a report, and lets uploads begin', () => {
    hasStatement({
      Effect: 'Deny',
      Action: 's3:PutObject',
      Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
    });
  });

  it.each([
    [PREFIXES.requests, 30],
    [PREFIXES.datasets, 2],
    [PREFIXES.reports, 7],
  ])('forgets %s after %i days', (Prefix, ExpirationInDays) => {
    const rules = bucket.LifecycleConfiguration.Rules;
    expect(rules).toContainEqual(expect.objectContaining({ Prefix, ExpirationInDays, Status: 'Enabled' }));
  });

  it('clears unfinished uploads away after a day, wherever they are', () => {
    const rules = bucket.LifecycleConfiguration.Rules;
    const rule = rules.find((each: Record<string, unknown>) => each.AbortIncompleteMultipartUpload);
    expect(rule).toMatchObject({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' });
    expect(rule.Prefix).toBeUndefined();
  });

  function hasStatement(statement: Record<string, unknown>): void {
    prod.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(statement)]) },
    });
  }
});

describe('when the stack goes', () => {
  const kept = (stage: 'dev' | 'prod') =>
    ['AWS::DynamoDB::Table', 'AWS::S3::Bucket'].flatMap((type) =>
      Object.values(templateOf(stage).findResources(type)).map(({ DeletionPolicy }) => DeletionPolicy),
    );

  it('prod keeps its tables and its bucket', () => {
    expect(kept('prod')).toEqual(['Retain', 'Retain', 'Retain']);
    expect(resource(prod, 'AWS::DynamoDB::Table', 'Jobs').Properties.DeletionProtectionEnabled).toBe(true);
  });

  it('dev leaves nothing behind', () => {
    expect(kept('dev')).toEqual(['Delete', 'Delete', 'Delete']);
  });
});
