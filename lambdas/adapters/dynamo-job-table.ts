import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { JOBS_TABLE } from '../contract.ts';
import type { Change } from '../domain/change.ts';
import type { Job, QueuedJob } from '../domain/job.ts';
import { SWEEP_SHARD_NAMES } from '../domain/keys.ts';
import type { Changed, Created, Due, JobTable } from '../domain/ports.ts';
import { expressionsOf } from './dynamo-expressions.ts';
import { jobOf } from './job-item.ts';
import { tellOutages } from './outages.ts';

const { sweep } = JOBS_TABLE;

/** The jobs table in DynamoDB. One port method is one call, except `due`, which asks each shard of the index. */
export class DynamoJobTable implements JobTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = tellOutages(client);
    this.#table = table;
  }

  async create(job: QueuedJob): Promise<Created> {
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: marshall(job, { removeUndefinedValues: true }),
      ConditionExpression: 'attribute_not_exists(id)',
      // The old item distinguishes a replay from a key that was used for something else, without a second call.
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await this.#client.send(put);
      return { created: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
      return { created: false, existing: jobOf(unmarshall(error.Item)) };
    }
  }

  async read(id: string): Promise<Job | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: marshall({ id }), ConsistentRead: true });
    const { Item } = await this.#client.send(get);
    return Item === undefined ? undefined : jobOf(unmarshall(Item));
  }

  async change(id: string, change: Change): Promise<Changed> {
    const update = new UpdateItemCommand({
      TableName: this.#table,
      Key: marshall({ id }),
      ...expressionsOf(change),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      const { Attributes } = await this.#client.send(update);
      return { applied: true, job: jobOf(unmarshall(Attributes ?? {})) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { applied: false, job: error.Item === undefined ? undefined : jobOf(unmarshall(error.Item)) };
    }
  }

  async due(from: number, to: number, limit: number): Promise<readonly Due[]> {
    const shards = await Promise.all(SWEEP_SHARD_NAMES.map((shard) => this.#dueIn(shard, from, to, limit)));
    return shards
      .flat()
      .sort((a, b) => a.sweepAt - b.sweepAt)
      .slice(0, limit);
  }

  async #dueIn(shard: string, from: number, to: number, limit: number): Promise<Due[]> {
    const query = new QueryCommand({
      TableName: this.#table,
      IndexName: sweep.name,
      KeyConditionExpression: '#shard = :shard AND #at BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#shard': sweep.partition, '#at': sweep.sort },
      ExpressionAttributeValues: marshall({ ':shard': shard, ':from': from, ':to': to }),
      Limit: limit,
    });
    const { Items = [] } = await this.#client.send(query);
    return Items.map((item) => unmarshall(item)).map(({ id, sweepAt }) => ({
      id: String(id),
      sweepAt: Number(sweepAt),
    }));
  }
}
