import { startClients } from './clients.ts';
import { judge } from './judge.ts';
import { NUMBERS, PROMISE, type Scenario, SETTINGS } from './scenario.ts';
import { Service } from './service.ts';
import { World } from './world.ts';

/** What came of a run, in the words of Jepsen's queue tests. */
export interface Summary {
  /** Jobs that a client was told of. */
  accepted: number;
  done: number;
  error: number;
  /** Accepted, and without an end. */
  lost: number;
  /** Jobs that nobody asked for. */
  unexpected: number;
  /** Files beyond the first of a job's generation. */
  duplicated: number;
  /** Jobs whose client was never told, and which came to their end all the same. */
  recovered: number;
  messages: number;
  runs: number;
  killed: number;
  frozen: number;
  faulted: number;
  steps: number;
}

export interface Result {
  readonly world: World;
  readonly problems: readonly string[];
  readonly summary: Summary;
}

/** Long enough for everything that is hidden or kept to have come back, and to be gone. */
const AFTERMATH_SECONDS = 2 * NUMBERS.visibility + 4 * NUMBERS.deadLetterVisibility;

/** Lives through the storm, the time that was promised, and the aftermath; the judgement comes after each of the last two. */
export async function simulate(scenario: Scenario, arrange: (world: World) => void = () => {}): Promise<Result> {
  const world = new World(scenario);
  const service = new Service(world);
  arrange(world);
  startClients(world, service);
  service.startSweeper();
  const start = world.timeline.now();
  await world.timeline.until(start + scenario.stormSeconds * 1000);
  world.endStorm();
  const promised = world.timeline.now() + (PROMISE + backlogSeconds(scenario)) * 1000;
  await world.timeline.until(promised);
  const late = judge(world).filter((problem) => problem.startsWith('I1'));
  await world.timeline.until(promised + AFTERMATH_SECONDS * 1000);
  const problems = [...late.map((problem) => `${problem} after the promised time`), ...judge(world)];
  return { world, problems, summary: summarise(world) };
}

/** What the workers need at least for everything that may be waiting. */
function backlogSeconds({ jobs, rows, rowMilliseconds, workers }: Scenario): number {
  const perJob = (rows[1] * rowMilliseconds[1]) / 1000 + 2;
  return Math.ceil((jobs * perJob * SETTINGS.maxAttempts) / workers);
}

function summarise({ table, posts, bucket, counts, queue, timeline }: World): Summary {
  const rows = table.all();
  const told = new Set(posts.flatMap(({ accepted }) => accepted.map(({ id }) => id)));
  const ended = rows.filter(({ status }) => status === 'done' || status === 'error');
  const references = new Set(posts.map(({ json }) => ('reference' in json ? json.reference : '')));
  const reports = [...bucket.written].filter(([key]) => key.startsWith('reports/'));
  return {
    accepted: told.size,
    done: rows.filter(({ status }) => status === 'done').length,
    error: rows.filter(({ status }) => status === 'error').length,
    lost: [...told].filter((id) => !ended.some((job) => job.id === id)).length,
    unexpected: rows.filter(({ reference }) => !references.has(reference)).length,
    duplicated: reports.reduce((sum, [, times]) => sum + times - 1, 0),
    recovered: ended.filter(({ id }) => !told.has(id)).length,
    messages: queue.sent,
    steps: timeline.steps,
    ...counts,
  };
}

export function add(total: Summary, one: Summary): Summary {
  const sums = Object.entries(one).map(([name, value]) => [name, (total[name as keyof Summary] ?? 0) + value]);
  return Object.fromEntries(sums) as unknown as Summary;
}
