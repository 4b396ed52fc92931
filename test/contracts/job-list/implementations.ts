import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoJobList } from '../../../lambdas/adapters/dynamo-job-list.ts';
import { DynamoJobTable } from '../../../lambdas/adapters/dynamo-job-table.ts';
import type { JobList, JobTable } from '../../../lambdas/domain/ports.ts';
import { clientOptions } from '../../../local/credentials.ts';
import { MemoryJobList } from '../../support/memory/job-list.ts';
import { MemoryJobTable, TableState } from '../../support/memory/job-table.ts';
import type { Implementation } from '../contract.ts';
import { createTable } from '../job-table/implementations.ts';
import { serversOf } from '../servers.ts';

/** A list, and the table that it is of. */
export interface Listing {
  readonly list: JobList;
  readonly table: JobTable;
}

/** The double, and the adapter on a table of its own on every server. */
export function jobLists(): Implementation<Listing>[] {
  const servers = serversOf('dynamo').map(({ name, missing, endpoint }) => ({
    name,
    missing,
    open: async () => {
      const client = new DynamoDBClient(clientOptions(endpoint));
      const name = await createTable(client);
      return { list: new DynamoJobList(client, name), table: new DynamoJobTable(client, name) };
    },
  }));
  return [{ name: 'in memory', open: async () => inMemory(new TableState()) }, ...servers];
}

function inMemory(state: TableState): Listing {
  return { list: new MemoryJobList(state), table: new MemoryJobTable(state) };
}
