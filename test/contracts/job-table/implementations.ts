import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoJobTable } from '../../../lambdas/adapters/dynamo-job-table.ts';
import { JOBS_TABLE } from '../../../lambdas/contract.ts';
import type { JobTable } from '../../../lambdas/domain/ports.ts';
import { clientOptions } from '../../../local/credentials.ts';
import { MemoryJobTable } from '../../support/memory/job-table.ts';
import type { Implementation } from '../contract.ts';
import { serversOf } from '../servers.ts';

const { key, byTenant, sweep } = JOBS_TABLE;

/** The double, and the adapter on a table of its own on every server. */
export function jobTables(): Implementation<JobTable>[] {
  const servers = serversOf('dynamo').map(({ name, missing, endpoint }) => ({
    name,
    missing,
    open: async () => {
      const client = new DynamoDBClient(clientOptions(endpoint));
      return new DynamoJobTable(client, await createTable(client));
    },
  }));
  return [{ name: 'in memory', open: async () => new MemoryJobTable() }, ...servers];
}

/** @returns the name of a new table with the indexes of the real one */
export async function createTable(client: DynamoDBClient): Promise<string> {
  const TableName = `jobs-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: key, AttributeType: 'S' },
        { AttributeName: byTenant.partition, AttributeType: 'S' },
        { AttributeName: byTenant.sort, AttributeType: 'S' },
        { AttributeName: sweep.partition, AttributeType: 'S' },
        { AttributeName: sweep.sort, AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [byTenant, sweep].map(({ name, partition, sort }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' as const },
          { AttributeName: sort, KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' as const },
      })),
    }),
  );
  return TableName;
}
