import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Candidate, candidatesOf, MEASURED } from './candidates.ts';
import { startEnvironment } from './environment.ts';

const RESULTS = 'bench/results/startup.json';
const FOLDER = resolve('.local/bench/startup');
const IMPORTER = resolve('bench/startup/import.mjs');
const ENVIRONMENT_OF_ALL = Object.assign({}, ...MEASURED.map(startEnvironment));
const HELP = `npm run bench -- startup [options]
  --repeat 25    how many fresh processes for each
  --quick        five`;

export interface StartUp {
  readonly name: string;
  /** From the start of the import to its end, in the fastest process; Node itself has started before. */
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly bytes?: number;
  readonly node: string;
}

interface Import {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
}

/** Measures how long a fresh process takes to import the functions that answer requests, beside the bare SDK clients. */
export async function run(args: readonly string[]): Promise<void> {
  const options = { repeat: { type: 'string' }, quick: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return console.log(HELP);
  const candidates = MEASURED.flatMap((name) => candidatesOf(name, FOLDER));
  try {
    const results = measureAll(candidates, Number(values.repeat ?? (values.quick ? 5 : 25)));
    for (const { name, milliseconds, cpuMilliseconds, bytes } of results) {
      const size = bytes === undefined ? '' : `${(bytes / 1000).toFixed(0)} KB`;
      const line = [milliseconds, cpuMilliseconds].map((value) => `${value.toFixed(1)} ms`.padStart(10)).join('');
      console.log(name.padEnd(40) + line + size.padStart(10));
    }
    mkdirSync('bench/results', { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
    console.log(`\nWritten to ${RESULTS}.`);
  } finally {
    rmSync(FOLDER, { recursive: true, force: true });
  }
}

/** In rounds; the fastest import counts, because other load on the machine can only make one longer. */
function measureAll(candidates: readonly Candidate[], repeat: number): StartUp[] {
  const imports = new Map<Candidate, Import[]>(candidates.map((candidate) => [candidate, []]));
  for (let i = 0; i < repeat; i += 1) {
    for (const [candidate, taken] of imports) taken.push(importOnce(candidate.url));
  }
  return [...imports].map(([{ name, bytes }, taken]) => ({
    name,
    milliseconds: Math.min(...taken.map(({ milliseconds }) => milliseconds)),
    cpuMilliseconds: Math.min(...taken.map(({ cpuMilliseconds }) => cpuMilliseconds)),
    ...(bytes === undefined ? {} : { bytes }),
    node: process.version,
  }));
}

function importOnce(url: string): Import {
  return JSON.parse(execFileSync(process.execPath, [IMPORTER, url], { env: ENVIRONMENT_OF_ALL, encoding: 'utf8' }));
}
