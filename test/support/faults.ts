import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, lambda, output } from './target.ts';

type FunctionOutput = 'EnqueueFunction' | 'WorkerFunction' | 'StatusFunction' | 'SweeperFunction';

type Environment = Record<string, string>;

/** Runs `body` while a function has another environment, and puts the old one back however `body` ends. */
export async function withEnvironment<T>(
  name: FunctionOutput,
  change: (before: Environment) => Environment,
  body: () => Promise<T>,
): Promise<T> {
  const { restore } = await changeEnvironment(name, change);
  return body().finally(restore);
}

/** Gives a function another environment, until it is restored. */
export async function changeEnvironment(name: FunctionOutput, change: (before: Environment) => Environment) {
  const FunctionName = output(name);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const before = Environment?.Variables ?? {};
  await setEnvironment(FunctionName, { ...before, ...change(before) });
  return { restore: () => setEnvironment(FunctionName, before) };
}

async function setEnvironment(FunctionName: string, Variables: Environment): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  // A call during the update would still meet the old environment.
  await eventually(async () => {
    const now = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return now.LastUpdateStatus === 'Successful';
  }, 60_000);
}

/** Runs `body` while the worker takes nothing from the queue. */
export async function withWorkerPaused<T>(body: () => Promise<T>): Promise<T> {
  const resume = await pauseWorker();
  return body().finally(resume);
}

/** The worker takes nothing from the queue any more, until what is returned is called. */
export async function pauseWorker(): Promise<() => Promise<void>> {
  const FunctionName = output('WorkerFunction');
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
  const UUID = EventSourceMappings[0]?.UUID;
  const set = async (Enabled: boolean) => {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    // AWS takes its time to change a mapping and says so in its state.
    await eventually(async () => {
      const now = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
      return now.EventSourceMappings?.[0]?.State === (Enabled ? 'Enabled' : 'Disabled');
    }, 120_000);
  };
  await set(false);
  return () => set(true);
}

/** The row of a job as it stands in the table. */
export async function rowOf(id: string): Promise<Record<string, unknown>> {
  const get = new GetItemCommand({ TableName: output('JobsTable'), Key: marshall({ id }), ConsistentRead: true });
  const { Item } = await dynamo.send(get);
  return Item === undefined ? {} : unmarshall(Item);
}

/** Lets the time pass that an open job would have to wait: the sweeper's next look is due, its lease has run out, its back-off is over. */
export async function letTimePass(id: string): Promise<void> {
  const lease = (await rowOf(id)).status === 'processing' ? ', leaseUntil = :past, notBefore = :past' : '';
  await dynamo.send(
    new UpdateItemCommand({
      TableName: output('JobsTable'),
      Key: marshall({ id }),
      UpdateExpression: `SET sweepAt = :past${lease}`,
      ConditionExpression: 'attribute_exists(sweepAt)',
      ExpressionAttributeValues: marshall({ ':past': Date.now() - 1 }),
    }),
  );
}

/** Lets the idempotency lock of a dead attempt run out, which it does when the invocation could not be alive any more. */
export async function letLockExpire(id: string, generation = 1): Promise<void> {
  const hash = createHash('sha256')
    .update(JSON.stringify(`${id}#${generation}`))
    .digest('base64');
  await dynamo.send(
    new UpdateItemCommand({
      TableName: output('IdempotencyTable'),
      Key: marshall({ id: `quire#${hash}` }),
      UpdateExpression: 'SET in_progress_expiration = :past',
      ConditionExpression: '#status = :inProgress',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: marshall({ ':past': Date.now() - 1, ':inProgress': 'INPROGRESS' }),
    }),
  );
}

/** One round of the sweeper, now; what its schedule does every minute. */
export async function sweepNow(): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: output('SweeperFunction') }));
  if (FunctionError) throw new Error(`the sweeper failed: ${Payload?.transformToString()}`);
}

/** Asks every 50 ms until it is so. */
export async function eventually(isSo: () => Promise<boolean>, timeoutMs = 120_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await isSo()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`not so within ${timeoutMs / 1000} s: ${isSo}`);
  }
}
