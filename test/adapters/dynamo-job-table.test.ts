import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { DynamoJobTable } from '../../lambdas/adapters/dynamo-job-table.ts';
import { absent, all, any, below, type Change, equal } from '../../lambdas/domain/change.ts';
import { NOW, queuedRow } from '../contracts/job-table/rows.ts';
import { type Call, jsonAnswer, jsonError, wired } from '../support/wire.ts';

const JOB = queuedRow({ id: 'job' });
const ITEM = marshall(JOB, { removeUndefinedValues: true });
const refused = () => jsonError('ConditionalCheckFailedException', { Item: ITEM });

function tableThat(answers: (call: Call, nth: number) => Response) {
  const { calls, config } = wired(answers);
  return { calls, table: new DynamoJobTable(new DynamoDBClient(config), 'jobs') };
}

const change: Change = {
  name: 'claim',
  when: all(equal('status', 'queued'), any(absent('notBefore'), below('notBefore', 9)), equal('generation', 2)),
  set: { status: 'processing', leaseUntil: 7 },
  setOnce: { startedAt: 'now' },
  increment: { attempt: 1, tries: -1 },
  remove: ['notBefore', 'progress'],
};

describe('a row that is created', () => {
  it('is written whole, and only where none stands', async () => {
    const { table, calls } = tableThat(() => jsonAnswer());
    expect(await table.create(JOB)).toEqual({ created: true });
    expect(calls).toMatchObject([
      {
        target: 'DynamoDB_20120810.PutItem',
        json: {
          TableName: 'jobs',
          Item: ITEM,
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it('may hold what is not known, which is left out', async () => {
    const { table, calls } = tableThat(() => jsonAnswer());
    await table.create({ ...JOB, rowsTotal: undefined });
    expect(calls[0]?.json.Item).not.toHaveProperty('rowsTotal');
    expect(calls[0]?.json.Item).toHaveProperty('requestHash', { S: JOB.requestHash });
  });

  it('is not, where one stands: that one comes back', async () => {
    const { table } = tableThat(refused);
    expect(await table.create(JOB)).toEqual({ created: false, existing: JOB });
  });

  it('is not, and nobody knows what stands there, where the table keeps it to itself or refuses otherwise', async () => {
    const silent = tableThat(() => jsonError('ConditionalCheckFailedException'));
    await expect(silent.table.create(JOB)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    const other = tableThat(() => jsonError('ValidationException', { Item: ITEM }));
    await expect(other.table.create(JOB)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a row that is read', () => {
  it('is the one of that id, as it stands now', async () => {
    const { table, calls } = tableThat(() => jsonAnswer({ Item: ITEM }));
    expect(await table.read('job')).toEqual(JOB);
    expect(calls).toMatchObject([
      {
        target: 'DynamoDB_20120810.GetItem',
        json: { TableName: 'jobs', Key: { id: { S: 'job' } }, ConsistentRead: true },
      },
    ]);
  });

  it('is nothing where none stands', async () => {
    expect(await tableThat(() => jsonAnswer()).table.read('job')).toBeUndefined();
  });

  it('fails where the table fails', async () => {
    await expect(tableThat(() => jsonError('ThrottlingException')).table.read('job')).rejects.toMatchObject({
      name: 'Outage',
    });
  });
});

describe('a row that is changed', () => {
  it('is changed by one expression, under its condition, with every name and value aliased', async () => {
    const { table, calls } = tableThat(() => jsonAnswer({ Attributes: ITEM }));
    expect(await table.change('job', change)).toEqual({ applied: true, job: JOB });
    const json = calls[0]?.json ?? {};
    expect(calls[0]?.target).toBe('DynamoDB_20120810.UpdateItem');
    expect(json).toMatchObject({
      TableName: 'jobs',
      Key: { id: { S: 'job' } },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ConditionExpression:
        '(#status = :v0 AND (attribute_not_exists(#notBefore) OR #notBefore < :v1) AND #generation = :v2)',
      UpdateExpression:
        'SET #status = :v3, #leaseUntil = :v4, #startedAt = if_not_exists(#startedAt, :v5) ' +
        'ADD #attempt :v6, #tries :v7 REMOVE #notBefore, #progress',
    });
    expect(json.ExpressionAttributeValues).toEqual({
      ...{ ':v0': { S: 'queued' }, ':v1': { N: '9' }, ':v2': { N: '2' }, ':v3': { S: 'processing' } },
      ...{ ':v4': { N: '7' }, ':v5': { S: 'now' }, ':v6': { N: '1' }, ':v7': { N: '-1' } },
    });
    const names = ['status', 'notBefore', 'generation', 'leaseUntil', 'startedAt', 'attempt', 'tries', 'progress'];
    expect(json.ExpressionAttributeNames).toEqual(Object.fromEntries(names.map((name) => [`#${name}`, name])));
  });

  it('is changed by no more clauses than the change has', async () => {
    const { table, calls } = tableThat(() => jsonAnswer({ Attributes: ITEM }));
    await table.change('job', { name: 'heartbeat', when: equal('attempt', 1), set: { progress: { rows: undefined } } });
    expect(calls[0]?.json).toMatchObject({
      UpdateExpression: 'SET #progress = :v1',
      ConditionExpression: '#attempt = :v0',
      ExpressionAttributeValues: { ':v0': { N: '1' }, ':v1': { M: {} } },
    });
  });

  it('is not, where its condition does not hold: what stands there comes back, or nothing', async () => {
    expect(await tableThat(refused).table.change('job', change)).toEqual({ applied: false, job: JOB });
    const none = tableThat(() => jsonError('ConditionalCheckFailedException'));
    expect(await none.table.change('job', change)).toEqual({ applied: false, job: undefined });
    const other = tableThat(() => jsonError('ValidationException'));
    await expect(other.table.change('job', change)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('rows that are due', () => {
  const entry = (id: string, sweepAt: number) => marshall({ id, sweepAt });

  it('come from every shard of the index, the oldest first, and no more than were asked for', async () => {
    const { table, calls } = tableThat((_, nth) =>
      jsonAnswer(
        nth === 2 ? { Items: [entry('c', 30), entry('b', 20)] } : nth === 7 ? { Items: [entry('a', 10)] } : {},
      ),
    );
    expect(await table.due(5, NOW, 2)).toEqual([
      { id: 'a', sweepAt: 10 },
      { id: 'b', sweepAt: 20 },
    ]);
    const asked = calls.map(({ json }) => (json.ExpressionAttributeValues as Record<string, unknown>)[':shard']);
    expect(asked).toEqual(Array.from({ length: 10 }, (_, i) => ({ S: `s#${i}` })));
    expect(calls[0]).toMatchObject({
      target: 'DynamoDB_20120810.Query',
      json: {
        TableName: 'jobs',
        IndexName: 'sweep',
        KeyConditionExpression: '#shard = :shard AND #at BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#shard': 'sweepShard', '#at': 'sweepAt' },
        ExpressionAttributeValues: { ':from': { N: '5' }, ':to': { N: String(NOW) } },
        Limit: 2,
      },
    });
  });
});
