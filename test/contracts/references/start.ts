import { closeSync, openSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { REGION } from '../../../local/credentials.ts';
import { STATE, temporaryFolder } from '../../../local/paths.ts';
import { freePort } from '../../../local/port.ts';
import { startGroup } from '../../../local/process-group.ts';
import { hasTool } from '../../support/tools.ts';
import type { ServerAddress } from '../servers.ts';
import { DYNAMODB_LOCAL, goProgram, mavenJars } from './install.ts';

const START_TIMEOUT_MS = 120_000;

/** A second implementation of one service, by other people than the emulator's. */
interface Reference {
  readonly name: string;
  readonly service: 'dynamo' | 'sqs' | 's3';
  /** All of them are needed. */
  readonly tools: readonly string[];
  /** The command that serves on 127.0.0.1, and on no other interface; it may use the folder. */
  command(port: number, folder: string): Promise<readonly [string, ...string[]]>;
}

const REFERENCES: readonly Reference[] = [
  {
    name: 'DynamoDB Local',
    service: 'dynamo',
    tools: ['java', 'mvn'],
    async command(port) {
      const jars = await mavenJars(DYNAMODB_LOCAL);
      const main = `${import.meta.dirname}/DynamoDbLocal.java`;
      const options = ['-inMemory', '-disableTelemetry', '-port', String(port)];
      return ['java', `-Djava.library.path=${jars}`, '-cp', `${jars}/*`, main, ...options];
    },
  },
  {
    name: 'ElasticMQ',
    service: 'sqs',
    tools: ['java', 'mvn'],
    async command(port) {
      const jars = await mavenJars('org.elasticmq:elasticmq-server_2.13:1.7.1');
      const at = [`-Dnode-address.host=127.0.0.1`, `-Dnode-address.port=${port}`];
      const bind = ['-Drest-sqs.bind-hostname=127.0.0.1', `-Drest-sqs.bind-port=${port}`, '-Drest-stats.enabled=false'];
      return ['java', ...at, ...bind, '-cp', `${jars}/*`, 'org.elasticmq.server.Main'];
    },
  },
  {
    name: 'VersityGW',
    service: 's3',
    tools: ['go'],
    async command(port, folder) {
      const program = await goProgram('github.com/versity/versitygw/cmd/versitygw@v1.8.0');
      const keys = ['--access', 'test', '--secret', 'test', '--region', REGION];
      return [`${program}/versitygw`, '--port', `127.0.0.1:${port}`, ...keys, '--quiet', 'posix', folder];
    },
  },
];

export interface Running {
  readonly address: ServerAddress;
  stop(): Promise<void>;
}

/** Starts those whose tools are here; the others are named, and their tests skipped. */
export function startReferences(): Promise<Running[]> {
  return Promise.all(REFERENCES.map(start));
}

async function start({ name, service, tools, command }: Reference): Promise<Running> {
  const missing = tools.find((tool) => !hasTool(tool));
  if (missing !== undefined) return { address: { name, [service]: '', missing }, stop: async () => {} };
  const port = await freePort();
  const folder = temporaryFolder('reference');
  const [program, ...args] = await command(port, folder);
  const log = openSync(`${STATE}/${name.replaceAll(' ', '-').toLowerCase()}.log`, 'w');
  const env = { PATH: process.env.PATH ?? '', HOME: folder };
  const group = await startGroup(program, args, { env, cwd: folder, log });
  closeSync(log);
  const stop = async () => {
    await group.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await untilListening(port).catch(async (error: unknown) => {
    await stop();
    throw new Error(`${name} did not start: see ${STATE}`, { cause: error });
  });
  return { address: { name, [service]: `http://127.0.0.1:${port}` }, stop };
}

async function untilListening(port: number): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; !(await accepts(port)); await sleep(100)) {
    if (Date.now() > deadline) throw new Error(`nothing listens on ${port}`);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
