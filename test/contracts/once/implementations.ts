import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { PowertoolsOnce } from '../../../lambdas/adapters/powertools-once.ts';
import { IDEMPOTENCY_TABLE } from '../../../lambdas/contract.ts';
import type { Once } from '../../../lambdas/domain/ports.ts';
import { clientOptions } from '../../../local/credentials.ts';
import { ManualClock } from '../../support/memory/clock.ts';
import { LockState, MemoryOnce } from '../../support/memory/once.ts';
import type { Implementation } from '../contract.ts';
import { serversOf } from '../servers.ts';

/** Workers that share one idempotency table. */
export interface OnceBench {
  /** @param remaining milliseconds that the invocation has left; @param expiresAfter seconds */
  worker(remaining?: number, expiresAfter?: number): Once;
  pass(seconds: number): Promise<void>;
}

export function onces(): Implementation<OnceBench>[] {
  const servers = serversOf('dynamo').map(({ name, missing, endpoint }) => ({
    name: `Powertools on ${name}`,
    missing,
    open: () => withTable(new DynamoDBClient(clientOptions(endpoint))),
  }));
  return [{ name: 'in memory', open: async () => inMemory() }, ...servers];
}

function inMemory(): OnceBench {
  const clock = new ManualClock();
  const state = new LockState();
  return {
    worker: (remaining = 60_000, expiresAfter = 3600) =>
      new MemoryOnce(state, { clock, remaining: () => remaining, expiresAfter }),
    pass: async (seconds) => clock.advance(seconds),
  };
}

async function withTable(client: DynamoDBClient): Promise<OnceBench> {
  const TableName = `idempotency-${randomUUID()}`;
  const { key } = IDEMPOTENCY_TABLE;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    }),
  );
  return {
    worker: (remaining = 60_000, expiresAfter = 3600) =>
      new PowertoolsOnce(client, TableName, expiresAfter).during(contextWith(remaining)),
    pass: (seconds) => sleep(seconds * 1000),
  };
}

/** What Powertools asks of a context. */
function contextWith(remaining: number): Context {
  return { getRemainingTimeInMillis: () => remaining, awsRequestId: randomUUID() } as Context;
}
