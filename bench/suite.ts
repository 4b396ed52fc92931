import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { RESULTS_FOLDER } from './folders.ts';
import type { Contestant } from './harness.ts';
import { Journal } from './journal.ts';
import { thisMachine } from './machine.ts';
import { Measuring } from './measuring.ts';
import { type Group, type Prepared, prepared } from './peers.ts';
import type { Measurement, Results } from './results.ts';
import { summary } from './summary.ts';
import { CORES, type Cores } from './ways.ts';

/** One set of contestants at one task, and how it is measured. */
export interface Suite {
  /** Names the results, `bench/results/<name>.json`. */
  readonly name: string;
  readonly extension: string;
  readonly groups: readonly Group[];
  /** Numbers of rows, ascending; on one core, the last of them alone. */
  readonly rows: readonly number[];
  /** How often ours and the fastest peers run. */
  readonly repeat: number;
  /**
   * Opens what a contestant wrote with a reader that is none of ours.
   * @returns what the reader misses in it that others write
   * @throws Error when the file does not open, or does not hold the rows
   */
  readonly check: (contestant: Contestant, rows: number, file: string) => Promise<readonly string[]>;
  /** Those of one table, by what a contestant lacks: each table has its own fastest peers. */
  readonly tableOf: (lacks: readonly string[]) => string;
  /** Before the runs of so many rows. */
  readonly before?: (contestants: readonly Contestant[], rows: number) => Promise<void>;
}

interface Options {
  readonly rows: readonly number[];
  readonly cores: readonly Cores[];
  readonly repeat: number;
  readonly only?: readonly string[];
  readonly fresh: boolean;
  readonly save: boolean;
}

/** Measures the contestants of a suite, each run in a fresh process, all on one machine; `args` is the command line. */
export async function runSuite(suite: Suite, args: readonly string[]): Promise<void> {
  const options = readOptions(suite, args);
  if (options === undefined) return console.log(helpOf(suite));
  const started = performance.now();
  const field = await prepared(suite.groups, options.only);
  const measuring = new Measuring(suite, field.contestants, Journal.open(suite.name, options.fresh));
  for (const cores of options.cores) {
    for (const rows of cores === 'one' ? options.rows.slice(-1) : options.rows) {
      await measuring.size(rows, cores, options.repeat);
    }
  }
  const measurements = measuring.measurements(options.rows);
  console.log(summary(measurements, 'quire'));
  for (const { name, rows, reason } of measuring.failures) console.log(`\nFailed: ${name}, ${rows} rows: ${reason}`);
  const minutes = (performance.now() - started) / 60_000;
  console.log(`\n${suite.name} took ${minutes.toFixed(1)} min; ${measuring.resumed} runs were already in the journal.`);
  if (options.save) await save(suite.name, resultsOf(measuring, field, measurements));
}

function resultsOf(measuring: Measuring, { leftOut }: Prepared, measurements: readonly Measurement[]): Results {
  const failed = measuring.failures.map(({ name, rows, reason }) => ({ name, reason: `${rows} rows: ${reason}` }));
  return {
    machine: thisMachine(),
    ...measuring.period(),
    contestants: measuring.facts(),
    leftOut: [...leftOut, ...failed],
    measurements: [...measurements],
  };
}

async function save(name: string, results: Results): Promise<void> {
  const path = `${RESULTS_FOLDER}/${name}.json`;
  await mkdir(RESULTS_FOLDER, { recursive: true });
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`Written to ${path}. "npm run bench -- report" makes tables from it.`);
}

function readOptions(suite: Suite, args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      cores: { type: 'string', default: CORES.join(',') },
      repeat: { type: 'string', default: String(suite.repeat) },
      only: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const only = values.only?.split(',');
  const rows = values.rows?.split(',').map(Number) ?? suite.rows;
  const asked = values.cores.split(',');
  return {
    rows,
    cores: CORES.filter((cores) => asked.includes(cores)),
    repeat: Number(values.repeat),
    ...(only !== undefined && { only }),
    fresh: values.fresh,
    save: values.save || (only === undefined && values.rows === undefined && asked.length === CORES.length),
  };
}

function helpOf({ name, rows, repeat }: Suite): string {
  return `npm run bench -- ${name} [options]
  --rows ${rows.join(',')}
                     how many rows
  --cores all,one    on all cores; on one, with the last of these numbers of rows
  --repeat ${repeat}         how often ours, the five fastest peers of each table, and those that take less than a second run;
                     the fastest run counts; everybody else runs once
  --only quire,…     these contestants alone
  --fresh            forget what was measured before a stop; without it a run goes on where it was
  --save             write ${RESULTS_FOLDER}/${name}.json even when not all was measured`;
}
