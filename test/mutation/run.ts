/**
 * `npm run mutate`: changes the service in every small way that Stryker knows, and shows which changes no test notices.
 * With folders or files (`npm run mutate -- lambdas/rescue`), only those; `--tests test/rescue` runs only those tests;
 * `--workers 2` uses two processes; `--lived` tries again only what survived before. Results are kept in
 * `.local/mutation.json`, also when the run is stopped (Ctrl-C), and those of other files as they were; `--report` makes
 * `docs/mutation.md` of them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ROOT, STATE } from '../../local/paths.ts';
import { filesOf, sourcesOf } from './files.ts';
import { instrument, type Mutant } from './instrument.ts';
import { type Coverage, readCoverage, type Verdict, verdictReader, writeOrders } from './ledger.ts';
import { ordersFor } from './orders.ts';
import { isNoticed, keyOf, type Outcome, outcomesOf, scoreOf } from './outcomes.ts';
import { mutationPage } from './report.ts';
import { commitOfTree, keepResults, keptResults } from './results.ts';
import { runInstrumented } from './vitest.ts';
import { watch } from './watchdog.ts';

const options = {
  workers: { type: 'string', default: '1' },
  lived: { type: 'boolean', default: false },
  report: { type: 'boolean', default: false },
  tests: { type: 'string', multiple: true, default: [] as string[] },
} as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const workers = Number(values.workers);
const folder = `${STATE}/mutation`;
const began = Date.now();

if (values.report) {
  writeFileSync(`${ROOT}/docs/mutation.md`, mutationPage(keptResults()));
  process.exit(0);
}
const files = sourcesOf(positionals);
if (files.length === 0) fail(`no source of the four folders is called ${positionals.join(', ')}`);
const before = keptResults();
const old = new Map(before.outcomes.map((outcome) => [keyOf(outcome), outcome]));
const { mutants, sources } = await instrument(ROOT, files);
const wanted = mutants.filter((mutant) => mutant.ignored === undefined && !(values.lived && hasFallen(mutant)));
console.log(`${mutants.length} mutants in ${files.length} files, ${wanted.length} to try`);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const commit = commitOfTree();
const coverages = await cover(filesOf(values.tests));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => conclude(verdictReader(folder)()));
conclude(await tryAll(coverages));

/** Keeps what is known and tells what lives; of a run that was stopped, what it has come to. */
function conclude(verdicts: readonly Verdict[]): never {
  const outcomes = [...outcomesOf(wanted, coverages, verdicts, commit), ...untried()];
  keepResults(before, files, outcomes);
  for (const outcome of outcomes) if (!isNoticed(outcome) && outcome.status !== 'ignored') tell(outcome);
  console.log(`${scoreOf(outcomes)}, in ${seconds()} s`);
  process.exit(0);
}
/** Runs all tests once over sources in which every mutant sleeps. */
async function cover(tests: readonly string[]): Promise<Coverage[]> {
  await runInstrumented({ folder, files: tests, sources, workers });
  const covered = tests.map((file) => readCoverage(folder, file) ?? fail(`${file} could not be loaded`));
  const red = covered.flatMap((coverage) => coverage.red.map((why) => `${coverage.file}: ${why}`));
  if (red.length > 0) console.log(`red without any mutation, so of no use:\n${red.join('\n')}`);
  console.log(`it is known which test reaches which mutant (${seconds()} s)`);
  return covered;
}

/** Round after round, until nothing is left to try: a process that a mutant hangs is ended and its file goes on. */
async function tryAll(covered: readonly Coverage[]): Promise<readonly Verdict[]> {
  const news = verdictReader(folder);
  const known: Verdict[] = [];
  const guard = watch(folder);
  for (let plan = ordersFor(covered, wanted, known); plan.length > 0; plan = ordersFor(covered, wanted, known)) {
    const tries = plan.reduce((sum, { orders }) => sum + orders.length, 0);
    console.log(`at most ${tries} tries in ${plan.length} files of tests (${seconds()} s)`);
    for (const { file, orders } of plan) writeOrders(folder, file, orders);
    await runInstrumented({ folder, files: plan.map(({ file }) => file), sources, workers });
    known.push(...news());
  }
  clearInterval(guard);
  return known;
}

/** What was ignored, and what fell in an earlier run. */
function untried(): Outcome[] {
  const tried = new Set(wanted.map(keyOf));
  return mutants
    .filter((mutant) => !tried.has(keyOf(mutant)))
    .map((mutant) => (mutant.ignored === undefined && old.get(keyOf(mutant))) || { ...mutant, status: 'ignored' });
}

function hasFallen(mutant: Mutant): boolean {
  const outcome = old.get(keyOf(mutant));
  return outcome !== undefined && isNoticed(outcome);
}

function tell({ file, line, mutator, original, replacement, status }: Outcome): void {
  console.log(`${status} ${file}:${line} ${mutator}: ${short(original)} → ${short(replacement)}`);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

function seconds(): number {
  return Math.round((Date.now() - began) / 1000);
}

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}
