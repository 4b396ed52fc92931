import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { clientOptions } from '../../local/credentials.ts';
import type { Deployment } from '../../local/stack.ts';
import { type Call, startProxy } from '../../test/support/proxy.ts';
import type { Calls } from './results.ts';

const POLL_MS = 200;

/** Watches what one function calls, from now on until it is closed. */
export interface Watch {
  /** What was called since the last time, by service, operation and table. */
  taken(): Calls;
  close(): void;
}

/** Makes a function call the emulator through a proxy, which counts. @param output of the stack, which names it */
export async function watch(url: string, { outputs }: Deployment, output: string): Promise<Watch> {
  const proxy = await startProxy(url);
  const lambda = new LambdaClient(clientOptions(url));
  const FunctionName = outputs[output];
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const before = Environment?.Variables ?? {};
  const Variables: Record<string, string> = { ...before, AWS_ENDPOINT_URL: proxy.url };
  // SQS clients call the queue's own address.
  if (before.QUEUE_URL !== undefined) Variables.QUEUE_URL = proxy.rebase(before.QUEUE_URL);
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  // A call during the update would still meet the old environment.
  while ((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).LastUpdateStatus !== 'Successful') {
    await sleep(POLL_MS);
  }
  let seen = 0;
  return {
    taken: () => {
      const fresh = proxy.calls.slice(seen);
      seen = proxy.calls.length;
      return counted(fresh, outputs);
    },
    close: proxy.close,
  };
}

/** Calls by name. Tables are named as the stack's outputs name them, without what the stack put around. */
export function counted(calls: readonly Call[], outputs: Readonly<Record<string, string>>): Calls {
  const counts: Record<string, number> = {};
  for (const call of calls) {
    const name = nameOf(call, outputs);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)));
}

function nameOf({ method, operation, table }: Call, outputs: Readonly<Record<string, string>>): string {
  if (operation === undefined) return `S3 ${method}`;
  const [service = '', name = ''] = operation.split('.');
  if (!service.startsWith('DynamoDB')) return `${service.replace('Amazon', '')} ${name}`;
  return `DynamoDB ${name} ${table === outputs.IdempotencyTable ? 'idempotency' : 'jobs'}`;
}
