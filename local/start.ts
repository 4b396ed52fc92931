/**
 * `npm start`: the whole service on this machine. Starts an emulator (or takes the one on AWS_ENDPOINT_URL), deploys the
 * `local` stage, makes the sample reports, prints the API's address and waits for Ctrl-C. `--once` ends after the reports.
 */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { QuireClient } from '../client/index.ts';
import { quietenSdk } from './credentials.ts';
import { DeployError, type DeployReport } from './deploy.ts';
import { REQUESTS } from './docs/openapi/examples.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { runSamples, SampleError } from './sample-run.ts';
import { SetupError } from './setup-error.ts';
import { deployTo } from './stack.ts';

const USAGE = `npm start                   deploy to a local emulator, make the sample reports, keep running
npm start -- --once         the same, then stop
npm start -- --port 4566    a fixed port for the emulator
AWS_ENDPOINT_URL=http://127.0.0.1:4566 npm start     use the emulator that runs there`;

const PHASES = { synth: 'Bundling and synthesizing', bootstrap: 'Bootstrapping', deploy: 'Deploying' } as const;

const say = (text: string) => console.log(text);

quietenSdk();
const started = performance.now();

let endpoint: Endpoint | undefined;
let leaving = false;

/** The first signal stops in order, which takes at most two seconds; the second one at once. */
async function leave(code: number): Promise<never> {
  if (leaving) endpoint?.own?.kill();
  else {
    leaving = true;
    await endpoint?.own?.stop();
  }
  process.exit(code);
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) return say(USAGE);
  say('Starting the emulator');
  endpoint = await openEndpoint({
    port: portOf(flags.port),
    onInstall: () => say('  installing it into .local/ (once)'),
  });
  endpoint.own?.ended.then(() => fail(new SetupError('The emulator stopped: see .local/emulator.log.')));
  const { api } = await deployTo(endpoint, { onReport });
  say('Generating the sample reports');
  for (const file of await runSamples(new QuireClient({ address: api }))) say(`  ${relative(process.cwd(), file)}`);
  say(`Done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (flags.once) await leave(0);
  say(invitation(api));
  await new Promise(() => setInterval(() => {}, 2 ** 30)); // keeps an emulator of somebody else's company too
}

function onReport(report: DeployReport): void {
  if (report.type === 'phase') say(PHASES[report.phase]);
}

/** What the newcomer can paste into a second terminal. */
function invitation(api: string): string {
  return `
The API is at ${api}

Post a report:
  curl -s ${api}/generate -H 'content-type: application/json' -d '${JSON.stringify(REQUESTS.workbook)}'
Ask for it, and open the "url" of the answer once it is done:
  curl -s ${api}/status/ID

Ctrl-C stops everything.`;
}

function readFlags() {
  try {
    return parseArgs({
      options: { once: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new SetupError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupError(`--port takes a number from 1 to 65535, not "${text}".`);
}

/** Failures that explain themselves are shown without a stack. */
async function fail(error: unknown): Promise<void> {
  if (leaving) return; // whatever breaks now, breaks because we stop it
  const isPlain = [SetupError, DeployError, SampleError, AggregateError].some((type) => error instanceof type);
  console.error(isPlain ? `\n${(error as Error).message}` : error);
  await leave(1);
}

process.on('SIGINT', () => leave(130));
process.on('SIGTERM', () => leave(143));
main().catch(fail);
