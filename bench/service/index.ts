import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { clientOptions, quietenSdk } from '../../local/credentials.ts';
import { deploy } from '../../local/deploy.ts';
import { openEndpoint } from '../../local/endpoint.ts';
import { deployTo } from '../../local/stack.ts';
import { apiAddress } from '../../local/workarounds.ts';
import { createClient } from '../../test/support/raw-client.ts';
import { type Latency, measureLatency } from './latency.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

const RESULTS = 'bench/results/service.json';
const EMPTY_APP = `"${process.execPath}" --import tsx bench/service/empty-app.ts`;
const HELP = `npm run bench -- service [options]
  --reports 100    how many of each format are timed from POST to file
  --quick          a few seconds of everything`;

export interface ServiceResults {
  readonly latency: readonly Latency[];
  readonly throughput: readonly Throughput[];
  readonly node: string;
}

/** Measures the deployed service on an emulator of its own (or on the one on AWS_ENDPOINT_URL). */
export async function run(args: readonly string[]): Promise<void> {
  const options = { reports: { type: 'string' }, quick: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return console.log(HELP);
  quietenSdk();
  const reports = Number(values.reports ?? (values.quick ? 20 : 100));
  const results = await measureAll(reports, values.quick ? [1, 3_000] : [3, 8_000]);
  console.log(JSON.stringify(results, null, 2));
  await mkdir('bench/results', { recursive: true });
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nWritten to ${RESULTS}.`);
}

async function measureAll(reports: number, [rounds, roundMs]: [number, number]): Promise<ServiceResults> {
  const endpoint = await openEndpoint();
  try {
    const { api, outputs } = await deployTo(endpoint);
    const empty = await deploy(endpoint.url, { app: EMPTY_APP });
    const client = createClient(api);
    const latency = [await measureLatency(client, 'xlsx', reports), await measureLatency(client, 'pdf', reports)];
    await pauseWorker(endpoint.url, outputs.WorkerFunction ?? '');
    const addresses = {
      'POST /generate': `${api}/generate`,
      'an empty function': `${apiAddress(empty.ApiUrl ?? '', endpoint.url)}/generate`,
    };
    const throughput = await measureThroughput(addresses, rounds, roundMs);
    return { latency, throughput, node: process.version };
  } finally {
    await endpoint.own?.stop();
  }
}

/** On AWS the workers run elsewhere; here they would take the machine away from what is measured. */
async function pauseWorker(url: string, FunctionName: string): Promise<void> {
  const lambda = new LambdaClient(clientOptions(url));
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
  for (const { UUID } of EventSourceMappings) {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  }
}
