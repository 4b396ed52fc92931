import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCH_FOLDER, RESULTS_FOLDER } from '../folders.ts';
import { type Contestant, runOnce } from '../harness.ts';
import { fingerprintOf, Journal, type TimesEntry } from '../journal.ts';
import { thisMachine } from '../machine.ts';
import { SUITE as PDF } from '../pdf/index.ts';
import { prepared } from '../peers.ts';
import { quantile } from '../quantiles.ts';
import type { Suite } from '../suite.ts';
import { WAYS, type Way } from '../ways.ts';
import { SUITE as XLSX } from '../xlsx/index.ts';
import type { Times, WarmResults } from './results.ts';

const RESULTS = `${RESULTS_FOLDER}/warm.json`;
/** Ours, and of each format the fastest peers that are programs of their own and can repeat their work. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  xlsx: ['quire', 'excel-rs', 'rust_xlsxwriter', 'excelize-stream'],
  pdf: ['quire', 'krilla', 'go-pdf-fpdf', 'floor-pdf-writer'],
};
const HELP = `npm run bench -- warm [options]
  --rows 10,50,1000,10000   how many rows
  --runs 200             how often each writes the file: in one process, and each time in a process of its own
  --only quire,krilla    these contestants alone
  --fresh                forget what was measured before a stop
  --save                 write ${RESULTS} even when not all was measured`;

interface Options {
  readonly rows: readonly number[];
  readonly runs: number;
  readonly only?: readonly string[];
  readonly fresh: boolean;
  readonly save: boolean;
}

/** Measures small files as a function that is warm makes them: again and again in one process, beside whole processes. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === undefined) return console.log(HELP);
  const started = performance.now();
  const all = [await measureFormat(XLSX, options), await measureFormat(PDF, options)];
  const times = all.flatMap((format) => format.times);
  console.table(
    times.map((each) => ({
      ...each,
      p50: each.p50.toFixed(1),
      p95: each.p95.toFixed(1),
      first: each.first.toFixed(1),
    })),
  );
  console.log(`warm took ${((performance.now() - started) / 60_000).toFixed(1)} min`);
  if (!options.save) return;
  const at = times.map((each) => each.at).sort();
  const results: WarmResults = {
    machine: thisMachine(),
    from: at[0] ?? '',
    to: at.at(-1) ?? '',
    contestants: all.flatMap((format) => format.contestants),
    leftOut: all.flatMap((format) => format.leftOut),
    times,
  };
  await mkdir(RESULTS_FOLDER, { recursive: true });
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`Written to ${RESULTS}.`);
}

async function measureFormat(suite: Suite, options: Options) {
  const names = (NAMES[suite.name] ?? []).filter((name) => options.only?.includes(name) ?? true);
  const field = await prepared(suite.groups, names);
  const journal = Journal.open(`warm-${suite.name}`, options.fresh);
  const times: Times[] = [];
  for (const rows of options.rows) {
    for (const way of WAYS) {
      for (const contestant of field.contestants) {
        const entry = await measured(contestant, { suite, journal, rows, way, runs: options.runs });
        times.push(timesOf(suite.name, entry));
      }
    }
  }
  const contestants = field.contestants.map(({ name, version, lacks = [] }) => ({ name, version, lacks: [...lacks] }));
  return { times, contestants, leftOut: field.leftOut };
}

interface Task {
  readonly suite: Suite;
  readonly journal: Journal;
  readonly rows: number;
  readonly way: Way;
  readonly runs: number;
}

/** From the journal, or now. The file is checked before it counts. */
async function measured(contestant: Contestant, { suite, journal, rows, way, runs }: Task): Promise<TimesEntry> {
  const fingerprint = fingerprintOf(contestant);
  const known = journal.times(contestant, fingerprint, rows, way);
  if (known !== undefined && known.milliseconds.length >= runs) return known;
  const file = join(BENCH_FOLDER, `warm-${contestant.name}.${suite.extension}`);
  process.stderr.write(`${contestant.name}, ${rows} rows, ${way}\n`);
  try {
    const milliseconds = await (way === 'warm' ? inOneProcess : inProcesses)(contestant.command(rows, file), runs);
    await suite.check(contestant, rows, file);
    const at = new Date().toISOString();
    const entry: TimesEntry = { type: 'times', name: contestant.name, fingerprint, rows, at, way, milliseconds };
    journal.add(entry);
    return entry;
  } finally {
    await rm(file, { force: true });
  }
}

async function inOneProcess(command: readonly string[], runs: number): Promise<number[]> {
  return [...(await runOnce([...command, String(runs)])).milliseconds];
}

async function inProcesses(command: readonly string[], runs: number): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let i = 0; i < runs; i += 1) milliseconds.push((await runOnce(command)).wallSeconds * 1000);
  return milliseconds;
}

function timesOf(format: string, { name, rows, way, milliseconds, at }: TimesEntry): Times {
  const [p50, p95] = [quantile(milliseconds, 0.5), quantile(milliseconds, 0.95)];
  return { format, name, rows, way, runs: milliseconds.length, p50, p95, first: milliseconds[0] ?? Number.NaN, at };
}

function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      runs: { type: 'string' },
      only: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const only = values.only?.split(',');
  const isWhole = only === undefined && values.rows === undefined && values.runs === undefined;
  return {
    rows: (values.rows ?? '10,50,1000,10000').split(',').map(Number),
    runs: Number(values.runs ?? 200),
    ...(only !== undefined && { only }),
    fresh: values.fresh,
    save: values.save || isWhole,
  };
}
