/**
 * Everything that is done only because an emulator is not AWS (MiniStack 1.5.33; LocalStack where named), with the reason.
 * Nothing here touches what is deployed: no function and no construct knows which of them it is on.
 */
import { writeFileSync } from 'node:fs';
import { DescribeTimeToLiveCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { IDEMPOTENCY_TABLE, JOBS_TABLE } from '../lambdas/contract.ts';
import { clientOptions } from './credentials.ts';

/** Settings without which MiniStack would listen to the network, keep data or start what Quire has no use for. */
export function ministackSettings(port: number): Record<string, string> {
  return {
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1', // its default is every interface
    MINISTACK_HOST: '127.0.0.1', // it hands out links to `localhost`, which may resolve to ::1, where nothing listens
    LAMBDA_EXECUTOR: 'local', // plain Node processes; no Docker
    PERSIST_STATE: '0',
    S3_PERSIST: '0',
    IOT_MTLS_ENABLED: '0', // opens a port of its own
    SFTP_ENABLED: '0', // likewise
  };
}

/**
 * MiniStack unpacks functions, and a CommonJS `_worker.js` of its own beside them, in its temporary folder. Under this
 * checkout that script would be taken for an ES module, because package.json says `"type": "module"`; on AWS there is no
 * package.json above a function, which means CommonJS.
 */
export function shieldFromPackageType(folder: string): void {
  writeFileSync(`${folder}/package.json`, '{ "type": "commonjs" }\n');
}

/**
 * The output of the stack names `https://{api}.execute-api.{region}.amazonaws.com/{stage}/`, which is AWS; MiniStack and
 * LocalStack answer under a path of their endpoint.
 */
export function apiAddress(output: string, endpoint: string): string {
  const match = /^https?:\/\/([a-z0-9]+)\.execute-api\.[^/]+\/([^/]+)\/?$/.exec(output);
  if (!match) throw new Error(`not the address of a REST API: ${output}`);
  return `${endpoint}/_aws/execute-api/${match[1]}/${match[2]}`;
}

/** CloudFormation's `TimeToLiveSpecification` is ignored by MiniStack: the API call behind it is not. */
export async function enableExpiry(endpoint: string, tables: { jobs: string; idempotency: string }): Promise<void> {
  const client = new DynamoDBClient(clientOptions(endpoint));
  try {
    await Promise.all([
      enableTimeToLive(client, tables.jobs, JOBS_TABLE.ttl),
      enableTimeToLive(client, tables.idempotency, IDEMPOTENCY_TABLE.ttl),
    ]);
  } finally {
    client.destroy();
  }
}

async function enableTimeToLive(client: DynamoDBClient, table: string, attribute: string): Promise<void> {
  const { TimeToLiveDescription: now } = await client.send(new DescribeTimeToLiveCommand({ TableName: table }));
  if (now?.TimeToLiveStatus === 'ENABLED') return; // AWS refuses to enable it twice
  const specification = { AttributeName: attribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: specification }));
}

/** The conditions by which a resource policy asks for TLS. */
const TLS_CONDITIONS = ['aws:SecureTransport', 's3:TlsVersion'];

/**
 * With AUTH=true, MiniStack enforces resource policies too and sees, rightly, that its own endpoint is plain HTTP: the
 * statements that refuse it go, all others stay. That they are there is asserted on the template.
 */
export async function allowPlainHttp(
  endpoint: string,
  at: { buckets: readonly string[]; queues: readonly string[] },
): Promise<void> {
  const s3 = new S3Client(clientOptions(endpoint));
  const sqs = new SQSClient(clientOptions(endpoint));
  s3.middlewareStack.add((next) => (args) => next(behindTls(args)), { step: 'build' });
  sqs.middlewareStack.add((next) => (args) => next(behindTls(args)), { step: 'build' });
  try {
    await Promise.all([
      ...at.buckets.map((bucket) => openBucket(s3, bucket)),
      ...at.queues.map((queue) => openQueue(sqs, queue)),
    ]);
  } finally {
    s3.destroy();
    sqs.destroy();
  }
}

/** Says what a proxy that ends TLS would say: without it, the statements refuse their own removal. */
function behindTls<Arguments extends { request: unknown }>(args: Arguments): Arguments {
  const { headers } = args.request as { headers: Record<string, string> };
  headers['x-forwarded-proto'] = 'https';
  return args;
}

async function openBucket(s3: S3Client, Bucket: string): Promise<void> {
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: withoutTlsStatements(Policy) }));
}

async function openQueue(sqs: SQSClient, QueueUrl: string): Promise<void> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
  const Policy = withoutTlsStatements(Attributes?.Policy ?? '');
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}

/** @returns an empty text when nothing is left, which removes a queue's policy */
function withoutTlsStatements(document: string): string {
  if (document === '') return document;
  const policy: { Statement: { Condition?: unknown }[] } = JSON.parse(document);
  const asksForTls = (condition: unknown) =>
    TLS_CONDITIONS.some((key) => JSON.stringify(condition ?? {}).includes(key));
  const Statement = policy.Statement.filter(({ Condition }) => !asksForTls(Condition));
  return Statement.length === 0 ? '' : JSON.stringify({ ...policy, Statement });
}
