import { QUEUES, SETTINGS } from '../../support/settings.ts';
import { startClients } from './clients.ts';
import { checkAcceptance } from './judge/clients.ts';
import { judge } from './judge/judge.ts';
import { overdue } from './judge/leftovers.ts';
import { startOperator } from './operator.ts';
import { Pump } from './pump.ts';
import { PROMISE, type Scenario } from './scenario.ts';
import { Service } from './service.ts';
import { type Summary, summarise } from './summary.ts';
import { World } from './world.ts';

export interface Result {
  readonly world: World;
  readonly problems: readonly string[];
  readonly summary: Summary;
}

/** Long enough for everything that is hidden or kept to have come back, and to be gone, and for what was cancelled to be cleared. */
const AFTERMATH_SECONDS = 2 * QUEUES.visibility + 4 * QUEUES.deadLetterVisibility + 3_600;

/** Lives through the storm, the time that was promised, and the aftermath; the judgement comes after each of the last two. */
export async function simulate(
  scenario: Scenario,
  arrange: (world: World, service: Service) => void = () => {},
): Promise<Result> {
  const world = new World(scenario);
  const service = new Service(world);
  new Pump(world, service);
  arrange(world, service);
  startClients(world, service);
  startOperator(world, service);
  service.startSweeper();
  await world.timeline.until(world.timeline.now() + scenario.stormSeconds * 1000);
  world.endStorm();
  const late = await watchUntil(world, world.timeline.now() + (PROMISE + backlogSeconds(scenario)) * 1000);
  late.push(...checkAcceptance(world).map((problem) => `${problem} after the promised time`));
  late.push(...(await watchUntil(world, world.timeline.now() + AFTERMATH_SECONDS * 1000)));
  return { world, problems: [...late, ...judge(world)], summary: summarise(world) };
}

/** Goes on until then, and looks every minute for whoever waits too long. */
async function watchUntil(world: World, end: number): Promise<string[]> {
  const found: string[] = [];
  while (world.timeline.now() < end) {
    await world.timeline.until(Math.min(end, world.timeline.now() + 60_000));
    found.push(...overdue(world));
  }
  return found;
}

/** What the workers need at least for everything that may be waiting. */
function backlogSeconds({ jobs, rows, rowMilliseconds, workers, hopeless }: Scenario): number {
  const perJob = hopeless > 0 ? SETTINGS.workerTimeout : (rows[1] * rowMilliseconds[1]) / 1000 + 2;
  return Math.ceil((jobs * perJob * SETTINGS.maxAttempts) / workers);
}
