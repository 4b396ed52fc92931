import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { eraseJobs, eraseTenant } from '../../ops/erase.ts';
import { rowOf } from '../support/faults.ts';
import { api, dynamo, output, s3, sqs, target } from '../support/target.ts';
import { keyed, largeRequest, smallRequest } from './requests.ts';

const service = { dynamo, s3, sqs, output };
const said: string[] = [];
const say = (text: string) => void said.push(text);

/** Whatever in tables and bucket names the job. */
async function tracesOf(id: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: output('Bucket') }));
  const items = await Promise.all(['JobsTable', 'IdempotencyTable'].map(itemsOf));
  const found = [...Contents.map(({ Key = '' }) => Key), ...items.flat()];
  return found.filter((trace) => trace.includes(id));
}

async function itemsOf(table: string): Promise<string[]> {
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: output(table), ConsistentRead: true }));
  return Items.map((item) => JSON.stringify(unmarshall(item)));
}

async function doneJob(body: unknown): Promise<string> {
  const { id } = await api.generate(body, keyed());
  await api.ended(id, { pollMs: 100 });
  return id;
}

// An account's jobs are not for a test to erase.
describe.skipIf(target.endpoint === undefined)('erasure', () => {
  it('of one job leaves no trace of it: no row, request, report or remembered work', async () => {
    const id = await doneJob(largeRequest('xlsx', 500));
    expect((await tracesOf(id)).length).toBeGreaterThanOrEqual(4);
    expect(await eraseJobs([id], service, say)).toBe(true);
    expect(await tracesOf(id)).toEqual([]);
    expect((await api.get(id)).status).toBe(404);
  });

  it('of everything of a tenant leaves nothing of it, and can be repeated', async () => {
    const ids = [await doneJob(smallRequest('xlsx')), await doneJob(smallRequest('pdf'))];
    await api.upload(Buffer.from('a\n1\n'));
    const tenant = String((await rowOf(ids[0] ?? '')).tenant);
    expect(await eraseTenant(tenant, service, say)).toBe(true);
    for (const id of ids) expect(await tracesOf(id)).toEqual([]);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: output('Bucket') }));
    expect(Contents).toEqual([]);
    expect(await eraseTenant(tenant, service, say)).toBe(true);
  });
});
