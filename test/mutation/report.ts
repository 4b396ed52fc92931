import { EXPLANATIONS, explanationOf, oneLine } from './explained.ts';
import { FOLDERS } from './files.ts';
import { isCounted, isNoticed, type Outcome, type Results } from './outcomes.ts';

const COLUMNS = ['', 'mutants', 'killed', 'never ended', 'survived', 'not reached', 'not tried', 'score'] as const;
const LONGEST = 70;

/** `docs/mutation.md`: what the last runs came to, and every mutant that lived. */
export function mutationPage({ outcomes }: Results): string {
  const counted = outcomes.filter(isCounted);
  const alive = counted.filter((outcome) => !isNoticed(outcome) && outcome.status !== 'untried');
  const unexplained = alive.filter((outcome) => explanationOf(outcome) === undefined);
  return [
    HEAD,
    table([
      [...COLUMNS],
      ...FOLDERS.map((folder) => rowOf(`\`${folder}\``, within(counted, folder))),
      rowOf('all', counted),
    ]),
    `\n${triedLine(counted)}${commitsLine(counted)}\n`,
    ignoredLine(outcomes),
    '\n## What lived, and why\n',
    ...(alive.length === 0 ? ['Nothing.\n'] : []),
    ...EXPLANATIONS.flatMap((each) => section(each.why, alive, each)),
    ...(unexplained.length === 0 ? [] : [`### Not explained: ${unexplained.length}\n\n${list(unexplained)}\n`]),
  ].join('\n');
}

const HEAD = `<!-- Made by \`npm run mutate -- --report\`; what is written here by hand is lost. -->

# Mutation testing

\`npm run mutate\` changes the domain, the use cases and the adapters in every small way that
[Stryker](https://stryker-mutator.io)'s instrumenter knows – a condition turned round, a block emptied, a number taken
away – and runs, for each change by itself, the tests that reach it until one is red. A change that no test notices is
listed below. How it is done: [0052](decisions/0052-mutants-in-one-warm-process.md).
`;

function rowOf(name: string, outcomes: readonly Outcome[]): string[] {
  const count = (status: Outcome['status']) => String(outcomes.filter((each) => each.status === status).length);
  const score = (100 * outcomes.filter(isNoticed).length) / Math.max(1, outcomes.length);
  const counts = [count('killed'), count('timeout'), count('survived'), count('uncovered'), count('untried')];
  return [name, String(outcomes.length), ...counts, `${score.toFixed(1)} %`];
}

const within = (outcomes: readonly Outcome[], folder: string) =>
  outcomes.filter(({ file }) => file.startsWith(`${folder}/`));

/** As Prettier would set it. */
function table(rows: readonly string[][]): string {
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const [head = [], ...body] = rows.map((row) => row.map((cell, column) => padded(cell, column, widths[column] ?? 0)));
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const padded = (cell: string, column: number, width: number) =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width);

/** A run takes its time and may be stopped: then the score counts what had no turn as unnoticed. */
function triedLine(counted: readonly Outcome[]): string {
  const untried = counted.filter(({ status }) => status === 'untried').length;
  if (untried === 0) return '';
  const tried = counted.length - untried;
  const share = ((100 * counted.filter(isNoticed).length) / Math.max(1, tried)).toFixed(1);
  return `**The run was stopped before all had their turn:** of the ${tried} that had, ${share} % were noticed; the ${untried}\nthat had not count as not noticed above.\n\n`;
}

/** A mutant that fell once is not tried again by `--lived`, so one table may come of several commits. */
function commitsLine(counted: readonly Outcome[]): string {
  const commits = counted.map(({ commit = 'unknown' }) => commit);
  const counts = [...new Set(commits)].map((each) => [each, commits.filter((other) => other === each).length] as const);
  const told = counts.sort((a, b) => b[1] - a[1]).map(([commit, count]) => `${count} on \`${commit}\``);
  return `Tried: ${told.join(', ')} (\`+\`: with changes that were not committed yet).`;
}

function ignoredLine(outcomes: readonly Outcome[]): string {
  const reasons = outcomes.filter(({ status }) => status === 'ignored').map(({ ignored = '' }) => ignored);
  const counts = [...new Set(reasons)].map((why) => `${reasons.filter((each) => each === why).length}: ${why}`);
  return `Not mutated, and not counted: ${reasons.length} texts (${counts.join('; ')}).`;
}

function section(why: string, alive: readonly Outcome[], explanation: unknown): string[] {
  const own = alive.filter((outcome) => explanationOf(outcome) === explanation);
  return own.length === 0 ? [] : [`${why}\n\n${list(own)}\n`];
}

function list(outcomes: readonly Outcome[]): string {
  return outcomes
    .map(({ file, line, original, replacement }) => `- \`${file}:${line}\` ${code(original)} → ${code(replacement)}`)
    .join('\n');
}

function code(text: string): string {
  const line = oneLine(text);
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  if (!short.includes('`')) return `\`${short}\``;
  // Not as many in a row as anywhere in it: CommonMark, 6.1.
  const rows = new Set(Array.from(short.matchAll(/`+/g), ([row]) => row));
  const fence = rows.has('`') ? (rows.has('``') ? '```' : '``') : '`';
  const gap = /^`|`$/.test(short) ? ' ' : '';
  return `${fence}${gap}${short}${gap}${fence}`;
}
