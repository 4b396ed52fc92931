import { createHash } from 'node:crypto';
import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { DynamoJobTable } from '../lambdas/adapters/dynamo-job-table.ts';
import { IDEMPOTENCY_TABLE, JOBS_TABLE, PREFIXES } from '../lambdas/contract.ts';
import { isOpen, type Job } from '../lambdas/domain/job.ts';
import { tenantHash } from '../lambdas/domain/keys.ts';
import type { Service } from './service.ts';

type Say = (text: string) => void;

/** What is left of a job that was erased: nothing. An open one is left alone, since its worker would write again. */
type Erased = 'erased' | 'open' | 'unknown';

/** @returns whether nothing of any of these jobs is left */
export async function eraseJobs(ids: readonly string[], service: Service, say: Say): Promise<boolean> {
  const outcomes: Erased[] = [];
  for (const id of ids) {
    const outcome = await eraseJob(id, service);
    say(`${id}: ${outcome === 'open' ? 'left alone, it is open: cancel it first' : outcome}`);
    outcomes.push(outcome);
  }
  return outcomes.every((outcome) => outcome !== 'open');
}

/**
 * Everything of one tenant: jobs, reports, requests, datasets and what Powertools remembers. Safe to repeat.
 * @param tenant as the rows name it: the principal's ARN, or issuer and claim
 * @returns whether nothing is left; jobs that are open are
 */
export async function eraseTenant(tenant: string, service: Service, say: Say): Promise<boolean> {
  const done = await eraseJobs(await jobsOf(tenant, service), service, say);
  if (!done) return false;
  const hash = tenantHash(tenant);
  let objects = 0;
  for (const prefix of [PREFIXES.datasets, PREFIXES.reports])
    objects += await eraseObjects(`${prefix}${hash}/`, service);
  say(`${objects} more objects erased`);
  return true;
}

/** The row goes last: as long as it stands, the erasure can be begun again. */
async function eraseJob(id: string, service: Service): Promise<Erased> {
  const job = await new DynamoJobTable(service.dynamo, service.output('JobsTable')).read(id);
  if (job === undefined) return 'unknown';
  if (isOpen(job)) return 'open';
  await eraseObjects(`${PREFIXES.requests}${id}/`, service);
  await eraseObjects(`${PREFIXES.reports}${tenantHash(job.tenant)}/${id}/`, service);
  await forgetWork(job, service);
  await remove(service, service.output('JobsTable'), { [JOBS_TABLE.key]: id });
  return 'erased';
}

async function eraseObjects(Prefix: string, { s3, output }: Service): Promise<number> {
  const Bucket = output('Bucket');
  for (let erased = 0; ; ) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    if (Contents.length === 0) return erased;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors.length > 0) throw new Error(`${Errors.length} objects could not be erased: ${Errors[0]?.Code}.`);
    erased += Objects.length;
  }
}

/** Powertools keeps the outcome of a job, with the name of its file, under a hash of job and generation. */
async function forgetWork({ id, generation }: Job, service: Service): Promise<void> {
  for (let each = 1; each <= generation; each += 1) {
    const hash = createHash('sha256')
      .update(JSON.stringify(`${id}#${each}`))
      .digest('base64');
    await remove(service, service.output('IdempotencyTable'), { [IDEMPOTENCY_TABLE.key]: `quire#${hash}` });
  }
}

async function remove({ dynamo }: Service, TableName: string, key: Readonly<Record<string, string>>): Promise<void> {
  await dynamo.send(new DeleteItemCommand({ TableName, Key: marshall(key) }));
}

async function jobsOf(tenant: string, { dynamo, output }: Service): Promise<string[]> {
  const ids: string[] = [];
  const { name, partition } = JOBS_TABLE.byTenant;
  let ExclusiveStartKey: QueryCommand['input']['ExclusiveStartKey'];
  do {
    const query = new QueryCommand({
      TableName: output('JobsTable'),
      IndexName: name,
      KeyConditionExpression: '#tenant = :tenant',
      ExpressionAttributeNames: { '#tenant': partition },
      ExpressionAttributeValues: marshall({ ':tenant': tenant }),
      ExclusiveStartKey,
    });
    const { Items = [], LastEvaluatedKey } = await dynamo.send(query);
    ids.push(...Items.map((item) => String(unmarshall(item).id)));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return ids;
}
