import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { PowertoolsOnce } from '../../lambdas/adapters/powertools-once.ts';
import { Outage } from '../../lambdas/domain/failures.ts';
import { AlreadyRunning } from '../../lambdas/domain/ports.ts';
import { type Call, jsonAnswer, jsonError, wired } from '../support/wire.ts';

const KEY = 'job#1';
// The same since the first release, or a worker of today would do again what one of yesterday did.
const ID = `quire#${createHash('sha256').update(JSON.stringify(KEY)).digest('base64')}`;

function onceThat(answers: (call: Call, nth: number) => Response, remaining = 60_000) {
  const { calls, config } = wired(answers);
  const once = new PowertoolsOnce(new DynamoDBClient(config), 'idempotency', 3600);
  const context = { getRemainingTimeInMillis: () => remaining, awsRequestId: 'r' } as Context;
  return { calls, once: once.during(context) };
}
const standing = (record: object) => () =>
  jsonError('ConditionalCheckFailedException', { Item: marshall({ id: ID, ...record }) });
const soon = () => Math.floor(Date.now() / 1000) + 3600;

describe('work under a key', () => {
  it('is done, locked before for as long as the invocation can live, and its outcome is kept', async () => {
    const { once, calls } = onceThat(() => jsonAnswer());
    const before = Date.now();
    expect(await once.run(KEY, async () => ({ size: 7 }))).toEqual({ size: 7 });
    expect(calls.map(({ target }) => target?.split('.')[1])).toEqual(['PutItem', 'UpdateItem']);
    const [lock, outcome] = calls.map(({ json }) => json);
    expect(lock).toMatchObject({ TableName: 'idempotency', Item: { id: { S: ID }, status: { S: 'INPROGRESS' } } });
    const { in_progress_expiration: until, expiration } = (lock?.Item ?? {}) as Record<string, { N: string }>;
    expect(Number(until?.N) - before).toBeGreaterThanOrEqual(60_000);
    expect(Number(until?.N) - before).toBeLessThan(120_000);
    expect(Math.abs(Number(expiration?.N) - (before / 1000 + 3600))).toBeLessThan(60);
    expect(outcome).toMatchObject({ TableName: 'idempotency', Key: { id: { S: ID } } });
    expect(JSON.stringify(outcome?.ExpressionAttributeValues)).toContain('COMPLETED');
  });

  it('that was done is not done again: its outcome comes back', async () => {
    const { once } = onceThat(standing({ status: 'COMPLETED', expiration: soon(), data: { size: 7 } }));
    const work = vi.fn();
    expect(await once.run(KEY, work)).toEqual({ size: 7 });
    expect(work).not.toHaveBeenCalled();
  });

  it('that is being done is told as such', async () => {
    const inProgress = { status: 'INPROGRESS', expiration: soon(), in_progress_expiration: Date.now() + 60_000 };
    const { once } = onceThat(standing(inProgress));
    const running = once.run(KEY, vi.fn());
    await expect(running).rejects.toBeInstanceOf(AlreadyRunning);
    await expect(running).rejects.toMatchObject({ cause: { name: 'IdempotencyAlreadyInProgressError' } });
  });

  it('that fails fails with its own reason, and its lock is taken away', async () => {
    const { once, calls } = onceThat(() => jsonAnswer());
    const reason = new Error('no such font');
    const failed = await once.run(KEY, async () => Promise.reject(reason)).catch((error: unknown) => error);
    expect(failed).toBe(reason);
    expect(calls.map(({ target }) => target?.split('.')[1])).toEqual(['PutItem', 'DeleteItem']);
  });

  it('meets an outage of the table as an outage, and any other refusal as what it is', async () => {
    const down = onceThat(() => jsonError('ThrottlingException'));
    await expect(down.once.run(KEY, vi.fn())).rejects.toBeInstanceOf(Outage);
    const wrong = onceThat(() => jsonError('ValidationException'));
    const refused = await wrong.once.run(KEY, vi.fn()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(refused).not.toBeInstanceOf(Outage);
    expect((refused as Error).cause).toMatchObject({ name: 'ValidationException' });
  });
});

it('work without a key is not done', async () => {
  const { once, calls } = onceThat(() => jsonAnswer());
  const work = vi.fn();
  await expect(once.run(undefined as unknown as string, work)).rejects.toThrow();
  expect(work).not.toHaveBeenCalled();
  expect(calls).toEqual([]);
});
