import fc from 'fast-check';
import { isOpen } from '../../../lambdas/domain/job.ts';
import { SETTINGS } from '../../support/settings.ts';
import { judge } from '../simulator/judge/judge.ts';
import { PROMISE } from '../simulator/scenario.ts';
import type { World } from '../simulator/world.ts';
import { type Model, steps } from './commands.ts';
import { FORTUNATE } from './player.ts';
import { Real } from './real.ts';

export interface Choice {
  readonly seed: number;
  readonly runs: number;
  /** Where in the tree of shrunk values to begin: shows one counterexample again. */
  readonly path?: string | undefined;
  /** Which of its commands were executed; fast-check prints it with the counterexample. */
  readonly commands?: string | undefined;
}

/**
 * @param see is shown every world at its end.
 * @returns what is wrong and how to see it again; `undefined` when nothing is.
 */
export async function checkModel(
  { seed, runs, path, commands }: Choice,
  see: (world: World) => void = () => {},
): Promise<string | undefined> {
  const replay = commands === undefined ? {} : { replayPath: commands };
  const plans = fc.commands(steps, { maxCommands: 40, size: 'max', ...replay });
  const order = fc.noShrink(fc.nat());
  const property = fc.asyncProperty(order, plans, async (orderSeed, plan) => {
    const scheduler = schedulerOf(orderSeed);
    const real = new Real(scheduler);
    const model: Model = { posts: new Map() };
    await fc.scheduledModelRun(scheduler, () => ({ model, real }), plan);
    await settle(real, scheduler);
    see(real.world);
    const problems = [...isLate(real), ...judge(real.world)];
    if (problems.length > 0) throw new Error([...problems, String(scheduler)].join('\n'));
  });
  const outcome = await fc.check(property, { seed, numRuns: runs, ...(path === undefined ? {} : { path }) });
  return outcome.failed ? explain(outcome) : undefined;
}

/**
 * A scheduler of its own for every run. One that is an argument of the property is cloned by fast-check at every look, and its
 * clones share the state of their dice: what was found could then not be shown again.
 */
function schedulerOf(seed: number): fc.Scheduler {
  const [scheduler] = fc.sample(fc.scheduler(), { seed, numRuns: 1 });
  if (scheduler === undefined) throw new Error('no scheduler');
  return scheduler;
}

/** From here on nothing goes wrong: what has begun goes on, time passes, everything that is there is delivered. */
async function settle(real: Real, scheduler: fc.Scheduler): Promise<void> {
  const { queue, deadLetters, timeline } = real.world;
  real.world.endStorm();
  await scheduler.waitIdle();
  const promised = timeline.now() + PROMISE * 1000;
  while (timeline.now() < promised && hasOpen(real)) await round(real, scheduler, SETTINGS.sweepInterval);
  real.late.push(...openIds(real));
  // What is hidden comes back, and has to go.
  for (let i = 0; i < 20 && queue.messages.size + deadLetters.messages.size > 0; i += 1) {
    const next = Math.min(queue.nextVisibleAt(), deadLetters.nextVisibleAt());
    await round(real, scheduler, Math.max(0, next - timeline.now()) / 1000);
  }
  await clear(real, scheduler);
}

/** When no attempt of a cancelled job can be alive any more, the sweeper takes away what stands for it. */
async function clear(real: Real, scheduler: fc.Scheduler): Promise<void> {
  const isDue = () => real.world.table.all().some(({ status, sweepAt }) => status === 'cancelled' && sweepAt);
  for (let hours = 0; hours < 2 && isDue(); hours += 1) {
    await real.wait(3_600);
    real.sweep(FORTUNATE);
    await scheduler.waitIdle();
  }
}

async function round(real: Real, scheduler: fc.Scheduler, seconds: number): Promise<void> {
  const { queue, deadLetters } = real.world;
  await real.wait(seconds);
  if (hasOpen(real)) real.sweep(FORTUNATE);
  await scheduler.waitIdle();
  for (const message of queue.visible()) real.deliver(message, FORTUNATE);
  await scheduler.waitIdle();
  for (const message of deadLetters.visible()) real.closeDeadLetter(message, FORTUNATE);
  await scheduler.waitIdle();
}

function openIds({ world }: Real): string[] {
  return world.table
    .all()
    .filter(isOpen)
    .map(({ id }) => id);
}

function hasOpen(real: Real): boolean {
  return openIds(real).length > 0;
}

function isLate({ late }: Real): string[] {
  return late.map((id) => `I1: ${id} is open after the promised time`);
}

/** As much of fast-check's report as is told. */
interface Failure {
  readonly seed: number;
  readonly numRuns: number;
  readonly counterexamplePath: string | null;
  readonly counterexample: readonly unknown[] | null;
  readonly errorInstance: unknown;
}

function explain({ seed, counterexamplePath, counterexample, errorInstance, numRuns }: Failure): string {
  const plan = String(counterexample?.[1]);
  const commands = /replayPath="([^"]*)"/.exec(plan)?.[1] ?? '';
  const again = `npm run model -- --seed ${seed} --path "${counterexamplePath}" --commands "${commands}"`;
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return [`run ${numRuns}: ${what}`, plan, again].join('\n\n');
}
