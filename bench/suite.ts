import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Contestant, type Measurement, measure, summary } from './harness.ts';
import { type Group, prepared } from './peers.ts';

/** One table of the benchmarks: who takes part, in what, and how often. */
export interface Suite {
  /** Names the results, `bench/results/<name>.json`, and the files' extension. */
  readonly name: string;
  readonly groups: readonly Group[];
  readonly columns: number;
  /** Numbers of rows and of runs where the command line gives none. */
  readonly rows: string;
  readonly repeat: string;
  /** Beyond this one more run of a slow peer would tell nothing new, and take as long as all others together. */
  readonly longSeconds: number;
  /** Before the runs of so many rows. */
  readonly before?: (chosen: readonly Contestant[], rows: number) => Promise<void>;
}

/** Measures the contestants of a suite, each run in a fresh process, all in one go; `args` is the command line. */
export async function runSuite(suite: Suite, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: suite.rows },
      repeat: { type: 'string', default: suite.repeat },
      only: { type: 'string' },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(helpOf(suite));
  const only = values.only?.split(',');
  const chosen = await prepared(suite.groups, only);
  const results: Measurement[] = [];
  for (const rows of values.rows.split(',').map(Number)) {
    results.push(...(await measureAll(suite, chosen, rows, Number(values.repeat))));
  }
  console.log(summary(results, 'quire'));
  if (only === undefined || values.save) await save(suite.name, results);
}

async function measureAll(suite: Suite, chosen: readonly Contestant[], rows: number, repeat: number) {
  const { columns, longSeconds, name: extension } = suite;
  const results: Measurement[] = [];
  await suite.before?.(chosen, rows);
  for (const contestant of chosen) {
    if (rows > (contestant.maxRows ?? Number.POSITIVE_INFINITY)) continue;
    process.stderr.write(`${contestant.name}, ${rows} rows\n`);
    const result = await measure(contestant, { rows, columns, repeat, longSeconds, extension });
    if (result !== undefined) results.push(result);
  }
  return results;
}

async function save(name: string, results: readonly Measurement[]): Promise<void> {
  const path = resultsPath(name);
  await mkdir('bench/results', { recursive: true });
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nWritten to ${path}.`);
}

function resultsPath(name: string): string {
  return `bench/results/${name}.json`;
}

function helpOf({ name, rows, repeat, longSeconds }: Suite): string {
  return `npm run bench -- ${name} [options]
  --rows ${rows}   how many rows
  --repeat ${repeat}   how often each; the fastest run counts; those over ${longSeconds} s run once
  --only quire,…   these contestants alone
  --save           write ${resultsPath(name)} even when not all took part`;
}
