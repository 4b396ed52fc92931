import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { TestProject } from 'vitest/node';
import { clientOptions, quietenSdk } from '../../../local/credentials.ts';
import { startEmulator } from '../../../local/emulator.ts';
import { freePort } from '../../../local/port.ts';
import { deployTo } from '../../../local/stack.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the functions look for AWS: the tests put a proxy there. */
    proxyPort: number;
  }
}

/** The local stage with short times, so that what has to wait for a dead worker waits for seconds. */
const CONTEXT = {
  workerTimeoutSeconds: 10,
  deadlineMarginSeconds: 2,
  leaseMarginSeconds: 1,
  unsentGraceSeconds: 10,
  queuedWaitSeconds: 60,
};
/** Longer than any worker lives, and far shorter than six times as long: what a killed worker held comes back soon. */
const VISIBILITY_SECONDS = 12;

/** An emulator of its own, in which every function calls AWS by way of a port that is still free. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  quietenSdk();
  const own = await startEmulator();
  try {
    const endpoint = { url: own.url, kind: 'ministack', own } as const;
    const { api, outputs } = await deployTo(endpoint, { context: CONTEXT });
    const proxyPort = await freePort();
    await shortenVisibility(own.url, outputs.QueueUrl ?? '');
    await redirect(own.url, proxyPort, outputs);
    const common = { kind: endpoint.kind, endpoint: own.url, processGroup: own.pid, api, outputs };
    project.provide('target', { ...common, enforcesRoles: false, signed: false });
    project.provide('proxyPort', proxyPort);
  } catch (error) {
    await own.stop();
    throw error;
  }
  return () => own.stop();
}

async function shortenVisibility(url: string, QueueUrl: string): Promise<void> {
  const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS) };
  await new SQSClient(clientOptions(url)).send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
}

/** Once, before anything runs: the emulator kills a function whose configuration changes. */
async function redirect(url: string, port: number, outputs: Readonly<Record<string, string>>): Promise<void> {
  const lambda = new LambdaClient(clientOptions(url));
  const through = `http://127.0.0.1:${port}`;
  const names = Object.entries(outputs).flatMap(([key, name]) => (key.endsWith('Function') ? [name] : []));
  for (const FunctionName of names) {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const Variables: Record<string, string> = { ...Environment?.Variables, AWS_ENDPOINT_URL: through };
    // SQS clients call the queue's own address.
    if (Variables.QUEUE_URL) Variables.QUEUE_URL = through + new URL(Variables.QUEUE_URL).pathname;
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  }
}
