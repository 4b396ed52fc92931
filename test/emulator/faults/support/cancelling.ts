import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyedJobId } from '../../../../lambdas/domain/ids.ts';
import { api } from '../../../support/target.ts';
import { smallRequest } from '../../requests.ts';
import type { Call, Step } from './call.ts';
import { chosenOf, fractionOf, isChosen } from './chance.ts';
import { lockOf } from './scene.ts';
import { killAfter, killBefore, pass, type Treatment } from './treatments.ts';

/** The calls of a worker, by the size of its file: at each it may die, or its client change its mind. */
const SMALL: readonly Step[] = ['claim', 'lock', 'stage', 'put', 'remember', 'finish'];
const LARGE: readonly Step[] = ['claim', 'lock', 'begin', 'part', 'stage', 'complete', 'remember', 'finish'];
/** Whoever dies among the parts of an upload leaves what it has sent to the lifecycle rule, which is another test. */
const LARGE_DEATHS: readonly Step[] = ['claim', 'lock', 'remember', 'finish'];
/** Some jobs are still waiting then, some are being made, some have ended. */
const LONGEST_WAIT_MS = 5_000;
/** So long a worker's call is held while the cancel is on its way: now this one is first, now that. */
const LONGEST_HOLD_MS = 400;
const CALLS = 10;

/** How a client's wish was answered. */
export interface Told {
  readonly status: number;
  readonly code: string | undefined;
}

/** What befalls one job: decided by the seed and its number, so that a run can be repeated. */
export interface Fate {
  readonly key: string;
  readonly id: string;
  /** Its rows were uploaded: its file has several parts, and bad cells beside it. */
  readonly isLarge: boolean;
  /** Its worker dies each time, until it ends as error and is opened again. */
  readonly isDoomed: boolean;
  readonly isCancelled: boolean;
  /** The worker's call at which it is cancelled; `undefined` where that is a matter of time. */
  readonly moment: Step | undefined;
  readonly afterMs: number;
  /** Cancelled several times at once. */
  readonly wishes: number;
  /** Where the worker dies, and once; then where the function that cancels does. */
  death: { readonly step: Step; readonly kill: Treatment } | undefined;
  cancelDeath: Treatment | undefined;
  /** The wish is under way. */
  asked: Promise<Told[]> | undefined;
}

/** Every second job is cancelled, whatever else befalls it. */
export function fateOf(seed: number, number: number): Fate {
  const key = `cancel-${seed}-${number}`;
  const chance = (what: string, probability: number) => isChosen(`${key} ${what}`, probability);
  const kill = chance('kill before', 0.5) ? killBefore : killAfter;
  // Of every forty two are doomed, and five are large.
  const isLarge = number % 16 === 5 || number % 16 === 10;
  const isDoomed = !isLarge && number % 40 > 37;
  return {
    key,
    id: keyedJobId('local', key),
    isLarge,
    isDoomed,
    isCancelled: number % 2 === 0,
    moment: chance('at a call', 0.6) ? chosenOf(`${key} moment`, isLarge ? LARGE : SMALL) : undefined,
    afterMs: fractionOf(`${key} after`) * LONGEST_WAIT_MS,
    wishes: chance('again', 0.3) ? 3 : 1,
    death:
      !isDoomed && chance('death', 0.3)
        ? { step: chosenOf(`${key} where`, isLarge ? LARGE_DEATHS : SMALL), kill }
        : undefined,
    cancelDeath: chance('cancel dies', 0.15) ? kill : undefined,
    asked: undefined,
  };
}

/** Kills as it was decided, and lets clients change their mind in the middle of a worker's call. */
export function ruleFor(fates: readonly Fate[], counts: { killed: number }): (call: Call) => Treatment | undefined {
  const bySubject = new Map(
    fates.flatMap((fate) => [fate.id, lockOf(fate.id), lockOf(fate.id, 2)].map((subject) => [subject, fate] as const)),
  );
  const dying = (fate: Fate, call: Call): Treatment | undefined => {
    if (call.step === 'cancel') return take(fate, 'cancelDeath');
    if (fate.isDoomed && call.step === 'lock' && call.subject === lockOf(fate.id)) return killBefore;
    return fate.death?.step === call.step ? take(fate, 'death')?.kill : undefined;
  };
  return (call) => {
    const fate = bySubject.get(call.subject);
    if (fate === undefined) return undefined;
    const kill = dying(fate, call);
    if (kill !== undefined) counts.killed += 1;
    const isNow = fate.isCancelled && !fate.isDoomed && call.step === fate.moment && fate.asked === undefined;
    if (!isNow) return kill;
    fate.asked = cancelled(fate);
    return async (exchange) => {
      await sleep(fractionOf(`${fate.key} hold`) * LONGEST_HOLD_MS);
      await (kill ?? pass)(exchange);
    };
  };
}

/** What was to happen once. */
function take<K extends 'death' | 'cancelDeath'>(fate: Fate, what: K): Fate[K] {
  const taken = fate[what];
  fate[what] = undefined;
  return taken;
}

/** A client that goes on until it is accepted, and that may want its job no more after a while. */
export async function post(fate: Fate, dataset: string): Promise<string> {
  const answer = await untilAnswered(() => api.post(requestOf(fate, dataset), { 'idempotency-key': fate.key }));
  if (answer.status !== 202) throw new Error(`${fate.key} was refused: ${await answer.text()}`);
  if (fate.isCancelled && !fate.isDoomed && fate.moment === undefined) fate.asked = later(fate);
  return fate.id;
}

/** As the client cancels after its time. */
export async function later(fate: Fate): Promise<Told[]> {
  await sleep(fate.afterMs);
  return cancelled(fate);
}

/** Every wish with its answer: several at once where the client is impatient. */
export function cancelled({ id, wishes }: Pick<Fate, 'id' | 'wishes'>): Promise<Told[]> {
  return Promise.all(Array.from({ length: wishes }, () => toldOf(() => api.cancel(id))));
}

/** Opens the job's next generation, as often as it takes to be told so. */
export function reopened({ id }: Fate): Promise<Told> {
  return toldOf(() => api.redrive(id, { generation: 1 }));
}

async function toldOf(call: () => Promise<Response>): Promise<Told> {
  const answer = await untilAnswered(call);
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code };
}

/** What fails inside the service is asked for again. */
async function untilAnswered(call: () => Promise<Response>): Promise<Response> {
  for (let calls = 1; calls <= CALLS; calls += 1) {
    const answer = await call();
    if (answer.status < 500) return answer;
    await answer.body?.cancel();
  }
  throw new Error(`The service failed ${CALLS} times.`);
}

function requestOf({ key, isLarge }: Fate, id: string) {
  if (!isLarge) return smallRequest('xlsx', { reference: key });
  const columns = [{ key: 'n', type: 'integer' }, { key: 'text' }];
  const dataset = { id, format: 'csv', maxBadCells: BAD_CELLS };
  return { format: 'xlsx', title: 'Noise', reference: key, columns, dataset };
}

const BAD_CELLS = 20;
const ROWS = 80_000;
const TEXT_LETTERS = 180;

/** Rows that do not compress, so that their file has more than one part; some hold no number where one is due. */
export function largeRows(): Buffer {
  const noise = randomBytes((ROWS * TEXT_LETTERS * 3) / 4).toString('base64');
  const textOf = (row: number) => noise.slice(row * TEXT_LETTERS, (row + 1) * TEXT_LETTERS);
  const lines = Array.from({ length: ROWS }, (_, row) => `${row < BAD_CELLS ? 'none' : row},${textOf(row)}`);
  return Buffer.from(`n,text\n${lines.join('\n')}\n`);
}
