import { execFile } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { answers } from '../../local/emulator.ts';
import { ROOT, STATE, temporaryFolder } from '../../local/paths.ts';
import { freePort } from '../../local/port.ts';
import { type ProcessGroup, startGroup } from '../../local/process-group.ts';
import { ensurePython, findInterpreter } from '../../local/python.ts';
import { DYNAMODB_LOCAL, mavenJars } from '../contracts/references/install.ts';
import type { TestEndpoint } from '../support/endpoint.ts';
import { hasTool } from '../support/tools.ts';

const run = promisify(execFile);
const HERE = `${ROOT}/test/localstack`;
/** Where this Node is installed. */
const NODE_PREFIX = dirname(dirname(process.execPath));
const START_TIMEOUT_MS = 180_000;

/** Older ones lack syntax that it uses; its own dependencies agree on no set of versions for a newer one. */
const PYTHON = {
  supported: { oldest: [3, 13], newest: [3, 13] },
  fromSource: ['airspeed-ext', 'crontab', 'jsonpath-rw'],
} as const;

/** What LocalStack needs and this machine lacks, or nothing. */
export async function whatIsMissing(): Promise<string | undefined> {
  const tool = ['java', 'mvn', 'cmake', 'g++'].find((name) => !hasTool(name));
  if (tool !== undefined) return tool;
  if (!existsSync(`${NODE_PREFIX}/include/node/node.h`)) return `the headers of Node in ${NODE_PREFIX}/include`;
  const python = await findInterpreter(PYTHON.supported).catch((error: Error) => error);
  return python instanceof Error ? python.message : undefined;
}

/**
 * Starts LocalStack as plain processes on 127.0.0.1 (`host.py` says how) and waits until it answers.
 *
 * @throws SetupError without Python 3.13; Error when it does not come up
 */
export async function startLocalStack(): Promise<TestEndpoint> {
  const python = await ensurePython('localstack', `${HERE}/requirements.txt`, PYTHON);
  const [client, jars, port] = await Promise.all([runtimeClient(), mavenJars(DYNAMODB_LOCAL), freePort()]);
  const folder = temporaryFolder('localstack');
  for (const part of ['home', 'tmp', 'fs']) mkdirSync(`${folder}/${part}`);
  const log = openSync(`${STATE}/localstack-${port}.log`, 'w');
  const env = { ...settings(folder, port), LAMBDA_RIC: client, DYNAMODB_LOCAL_JARS: jars };
  const group = await startGroup(python, [`${HERE}/host.py`], { env, cwd: folder, log });
  closeSync(log);
  const stop = async () => {
    await group.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  await untilHealthy(group, port).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url: `http://127.0.0.1:${port}`, kind: 'localstack', stop };
}

/** Nothing of this process's environment but the folders of its programs gets in. */
function settings(folder: string, port: number): Record<string, string> {
  const address = `127.0.0.1:${port}`;
  return {
    PATH: [dirname(process.execPath), process.env.PATH].join(':'),
    NODE: process.execPath,
    HOME: `${folder}/home`,
    CONFIG_DIR: `${folder}/home`,
    TMPDIR: `${folder}/tmp`,
    FILESYSTEM_ROOT: `${folder}/fs`,
    OVERRIDE_IN_DOCKER: '0',
    GATEWAY_LISTEN: address,
    LOCALSTACK_HOST: address,
    DNS_ADDRESS: '0',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DISABLE_EVENTS: '1',
    PROVIDER_OVERRIDE_DYNAMODB: 'v2',
    PROVIDER_OVERRIDE_DYNAMODBSTREAMS: 'v2',
    DYNAMODB_IN_MEMORY: '1',
    DYNAMODB_LOCAL_MAIN: `${ROOT}/test/contracts/references/DynamoDbLocal.java`,
    LAMBDA_RUNTIME_EXECUTOR: 'host',
    LAMBDA_SYNCHRONOUS_CREATE: '1',
    SQS_ENDPOINT_STRATEGY: 'path',
    S3_SKIP_SIGNATURE_VALIDATION: '0', // a link that was tampered with is refused, as on AWS
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** Its native part is compiled here, against the headers of this Node; without them npm would download some. */
async function runtimeClient(): Promise<string> {
  const folder = `${STATE}/lambda-runtime-client`;
  const client = `${folder}/node_modules/aws-lambda-ric`;
  if (existsSync(`${client}/rapid-client.node`)) return client;
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    await copyFile(`${HERE}/runtime-client/${name}`, `${folder}/${name}`);
  }
  const env = { ...process.env, npm_config_nodedir: NODE_PREFIX };
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, env });
  return client;
}

async function untilHealthy(group: ProcessGroup, port: number): Promise<void> {
  let ended = false;
  group.ended.then(() => {
    ended = true;
  });
  for (const deadline = Date.now() + START_TIMEOUT_MS; !ended && Date.now() < deadline; await sleep(200)) {
    if (await answers(`http://127.0.0.1:${port}/_localstack/health`)) return;
  }
  throw new Error(`LocalStack ${ended ? 'ended' : 'did not answer'}: see ${STATE}/localstack-${port}.log`);
}
