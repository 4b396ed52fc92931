import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { TestProject } from 'vitest/node';
import { clientOptions, quietenSdk } from '../../../local/credentials.ts';
import { type Emulator, startEmulator } from '../../../local/emulator.ts';
import { freePort } from '../../../local/port.ts';
import { deployTo } from '../../../local/stack.ts';
import type { Target } from '../../support/target.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the functions look for AWS: the tests put a proxy there. */
    proxyPort: number;
    /** A POST here stops the emulator and starts it again, with all that it had written down. */
    restartAddress: string;
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
/** To let go of its connections and write its state down. */
const STOP_MS = 30_000;

/** An emulator of its own, in which every function calls AWS by way of a port that is still free. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  quietenSdk();
  const keepIn = mkdtempSync(join(tmpdir(), 'quire-faults-'));
  let own = await startEmulator({ keepIn });
  const port = Number(new URL(own.url).port);
  const restarter = await serveRestarts(async () => {
    await own.stop(STOP_MS);
    own = await startEmulator({ keepIn, port });
  });
  const end = async () => {
    restarter.close();
    await own.stop();
    rmSync(keepIn, { recursive: true, force: true });
  };
  try {
    const target = await deployShort(own);
    const proxyPort = await freePort();
    await redirect(own.url, proxyPort, target.outputs);
    project.provide('target', target);
    project.provide('proxyPort', proxyPort);
    project.provide('restartAddress', restarter.address);
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}

async function deployShort(own: Emulator): Promise<Target> {
  const { url, pid: processGroup } = own;
  const { api, outputs } = await deployTo({ url, kind: 'ministack', own }, { context: CONTEXT });
  await shortenVisibility(url, outputs.QueueUrl ?? '');
  return { kind: 'ministack', endpoint: url, processGroup, api, outputs, enforcesRoles: false, signed: false };
}

/** The tests run in another process than the emulator's owner. */
async function serveRestarts(restart: () => Promise<void>) {
  const server = createServer(async (_request, response) => {
    const problem = await restart().then(() => undefined, String);
    response.writeHead(problem === undefined ? 204 : 500).end(problem);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() };
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
