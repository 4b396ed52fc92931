import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { JOBS_TABLE } from '../contract.ts';
import { Outage } from '../domain/failures.ts';
import type { Job } from '../domain/job.ts';
import type { JobList, JobPage, PageQuery } from '../domain/ports.ts';
import { jobOf } from './job-item.ts';
import { tellOutages } from './outages.ts';

const { byTenant } = JOBS_TABLE;
/** How often DynamoDB is asked for what it left out of a batch because it was too much at once. */
const MOST_ROUNDS = 5;

/** The jobs of a tenant in DynamoDB: keys from the index, rows from the table. */
export class DynamoJobList implements JobList {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = tellOutages(client);
    this.#table = table;
  }

  async page({ tenant, from, to, after, limit }: PageQuery): Promise<JobPage> {
    const query = new QueryCommand({
      TableName: this.#table,
      IndexName: byTenant.name,
      KeyConditionExpression: '#tenant = :tenant AND #at BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#tenant': byTenant.partition, '#at': byTenant.sort },
      ExpressionAttributeValues: marshall({ ':tenant': tenant, ':from': from ?? '0', ':to': lastBefore(to) }),
      ...(after && { ExclusiveStartKey: marshall({ id: after.id, tenant, createdAt: after.createdAt }) }),
      ScanIndexForward: false,
      Limit: limit,
    });
    const { Items = [], LastEvaluatedKey } = await this.#client.send(query);
    const places = Items.map((item) => unmarshall(item)).map(({ id, createdAt }) => ({
      id: String(id),
      createdAt: String(createdAt),
    }));
    return { places, more: LastEvaluatedKey !== undefined };
  }

  /** Consistent, so that nobody is shown less here than under the job's own address. */
  async rows(ids: readonly string[]): Promise<readonly Job[]> {
    const jobs: Job[] = [];
    let Keys = ids.map((id) => marshall({ id }));
    for (let round = 0; Keys.length > 0; round += 1) {
      if (round === MOST_ROUNDS) throw new Outage('The table has left out rows of a batch again and again.');
      const request = { [this.#table]: { Keys, ConsistentRead: true } };
      const answer = await this.#client.send(new BatchGetItemCommand({ RequestItems: request }));
      for (const item of answer.Responses?.[this.#table] ?? []) jobs.push(jobOf(unmarshall(item)));
      Keys = (answer.UnprocessedKeys?.[this.#table]?.Keys ?? []) as typeof Keys;
    }
    return jobs;
  }
}

/** `BETWEEN` includes both ends, and times in a row are of whole milliseconds. A letter is above every digit. */
function lastBefore(to: string | undefined): string {
  return to === undefined ? 'Z' : new Date(Date.parse(to) - 1).toISOString();
}
