import { createHash } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { keyedJobId } from '../../../../lambdas/domain/ids.ts';
import type { Job } from '../../../../lambdas/domain/job.ts';
import { letLockExpire, sweepNow } from '../../../support/faults.ts';
import { dynamo, output, target } from '../../../support/target.ts';
import { freshKey, keyed } from '../../requests.ts';
import type { Step } from './call.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { NoCaller } from './processes.ts';
import { settled } from './settled.ts';
import type { Treatment } from './treatments.ts';

/** The tenant of everybody where nobody is asked who they are. */
const TENANT = 'local';

/** The proxy of one test file; at its end everything that was accepted has to have come to rest. */
export function useFaultProxy(): () => FaultProxy {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await startFaultProxy(target.endpoint ?? '', inject('proxyPort'));
  });
  afterAll(async () => {
    await settled().finally(() => proxy.close());
    expect(proxy.problems.filter((problem) => problem instanceof NoCaller)).toEqual([]);
  });
  return () => proxy;
}

/** The key under which Powertools remembers a job's generation. */
export function lockOf(id: string, generation = 1): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(`${id}#${generation}`))
    .digest('base64');
  return `quire#${hash}`;
}

/** A key that was never used, and the id of the job that it will make. */
export function aKey() {
  const key = freshKey();
  return { key, id: keyedJobId(TENANT, key), headers: keyed(key) };
}

/** Treats a job's next call of a kind, and none after it. */
export function once(proxy: FaultProxy, id: string, step: Step, treatment: Treatment) {
  let isMet = false;
  let isOver = false;
  const subjects = [id, lockOf(id)];
  proxy.when((call) => {
    if (isMet || call.step !== step || !subjects.includes(call.subject)) return undefined;
    isMet = true;
    return (exchange) =>
      treatment(exchange).finally(() => {
        isOver = true;
      });
  });
  return { isMet: () => isMet, isOver: () => isOver };
}

/** Lets the time pass after which the sweeper sends for a job that nobody has taken; one that is taken is left alone. */
export async function sendAgain(id: string): Promise<void> {
  await moveBack(id, 'queued', 'sweepAt');
  await sweepNow();
}

/** Lets lease, lock and back-off of an attempt run out that is known to be over, and sweeps. */
export async function giveUpOn(id: string): Promise<void> {
  await moveBack(id, 'processing', 'leaseUntil', 'notBefore', 'sweepAt');
  await letLockExpire(id).catch(ignoreFailedCondition);
  await sendAgain(id);
}

async function moveBack(id: string, status: Job['status'], ...times: string[]): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: output('JobsTable'),
    Key: marshall({ id }),
    UpdateExpression: `SET ${times.map((time) => `${time} = :past`).join(', ')}`,
    ConditionExpression: '#status = :status',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: marshall({ ':past': Date.now() - 1, ':status': status }),
  });
  await dynamo.send(update).catch(ignoreFailedCondition);
}

/** Somebody else has moved it on. */
function ignoreFailedCondition(error: Error): void {
  if (error.name !== 'ConditionalCheckFailedException') throw error;
}
