/**
 * `npm run guards`: takes each guard away in turn, and proves that some test goes red for it. With names, only those;
 * with `--trust-green`, without first running the tests on what nobody has touched.
 */
import { parseArgs } from 'node:util';
import { startVitest, type Vitest } from 'vitest/node';
import { type Edit, GUARDS, type Mutant, PLANTED } from './guards.ts';
import { assertApplicable, mutation } from './mutation.ts';

interface Verdict {
  /** The first test that went red. */
  readonly red: string | undefined;
  readonly seconds: number;
  /** Why the run says nothing: a text that is not there, a file that does not load. */
  readonly broken: string | undefined;
}

const options = { 'trust-green': { type: 'boolean', default: false } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const mutants = [...GUARDS, ...PLANTED].filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (mutants.length < Math.max(1, positionals.length)) fail(`not all of these are guards: ${positionals.join(', ')}`);
for (const { edits } of mutants) assertApplicable(edits);
const began = Date.now();
if (!values['trust-green']) await proveGreen();

const survivors: string[] = [];
for (const mutant of mutants) await judge(mutant);
const minutes = ((Date.now() - began) / 60_000).toFixed(1);
console.log(`${mutants.length - survivors.length} of ${mutants.length} mutants caught, in ${minutes} minutes`);
if (survivors.length > 0) fail(`survived: ${survivors.join(', ')}`);
process.exit(0);

async function proveGreen(): Promise<void> {
  const { red, broken, seconds } = await run([...new Set(mutants.flatMap(({ tests }) => tests))], []);
  if (red !== undefined || broken !== undefined) fail(`red without any mutation: ${red ?? broken}`);
  console.log(`green  with every guard in place (${seconds} s)`);
}

async function judge({ name, edits, tests }: Mutant): Promise<void> {
  let verdict: Verdict | undefined;
  // One file after the other: most mutants fall in the first.
  for (const test of tests) {
    verdict = await run([test], edits);
    if (verdict.red !== undefined || verdict.broken !== undefined) break;
  }
  if (verdict?.broken !== undefined) fail(`${name}: ${verdict.broken}`);
  if (verdict?.red === undefined) survivors.push(name);
  const kind = PLANTED.some((planted) => planted.name === name) ? 'planted' : 'without';
  console.log(
    `${verdict?.red === undefined ? 'GREEN' : 'red  '}  ${kind} ${name}: ${verdict?.red ?? 'no test went red'}`,
  );
}

async function run(files: readonly string[], edits: readonly Edit[]): Promise<Verdict> {
  const start = Date.now();
  const plugin = mutation(edits);
  const quiet = {
    config: false as const,
    watch: false,
    bail: edits.length > 0 ? 1 : 0,
    reporters: [() => {}] as never[],
  };
  const settings = { ...quiet, include: [...files], pool: 'threads' as const, maxWorkers: 1, testTimeout: 60_000 };
  const vitest = await startVitest('test', [], settings, { plugins: [plugin] });
  const verdict = verdictOf(vitest, edits, plugin.applied);
  await vitest.close();
  process.exitCode = 0;
  return { ...verdict, seconds: Math.round((Date.now() - start) / 1000) };
}

function verdictOf(vitest: Vitest, edits: readonly Edit[], applied: ReadonlySet<string>) {
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const red = tests.find((test) => test.result().state === 'failed')?.fullName;
  const errors = [...modules.flatMap((module) => module.errors()), ...vitest.state.getUnhandledErrors()];
  const missed = edits.find(({ file }) => !applied.has(file));
  const message = errors.map((error) =>
    error instanceof Error || isMessage(error) ? error.message : String(error),
  )[0];
  const broken = red !== undefined ? undefined : (message ?? (missed && `${missed.file} was never loaded`));
  return { red, broken: tests.length === 0 ? (broken ?? 'no tests') : broken };
}

function isMessage(error: unknown): error is { readonly message: string } {
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
}

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}
