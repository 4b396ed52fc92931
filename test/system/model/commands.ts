import fc from 'fast-check';
import { untold } from '../simulator/clients.ts';
import type { Posted } from '../simulator/world.ts';
import type { Fate, Player } from './player.ts';
import type { Real } from './real.ts';

/** What is expected: which requests were posted. Everything else is judged over what happened, at the end. */
export interface Model {
  readonly posts: Map<string, Posted>;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A step of the run. It starts something and does not wait for it: the next ones go on while it is under way. */
class Step implements Command {
  readonly #name: string;
  readonly #run: (real: Real, model: Model) => void | Promise<void>;

  constructor(name: string, run: (real: Real, model: Model) => void | Promise<void>) {
    this.#name = name;
    this.#run = run;
  }

  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    await this.#run(real, model);
  }

  toString = () => this.#name;
}

const fate: fc.Arbitrary<Fate> = fc.record({
  diesAt: fc.option(fc.integer({ min: 1, max: 34 }), { nil: undefined, freq: 2 }),
  fault: fc.option(
    fc.record({
      call: fc.integer({ min: 1, max: 14 }),
      kind: fc.constantFrom('refused', 'lostReply', 'doubled', 'conflict'),
    }),
    { nil: undefined, freq: 2 },
  ),
  skew: fc.constantFrom(0, 0, -300, 300),
});

const nth = fc.nat(3);
const told = (value: unknown) => JSON.stringify(value);

function step(name: string, run: (real: Real, model: Model) => void | Promise<void>): Command {
  return new Step(name, run);
}

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(1, items.length)];
}

function postOf(model: Model, real: Real, key: number, body: number): Posted {
  const name = `${key}/${body}`;
  const known = model.posts.get(name);
  if (known !== undefined) return known;
  const json = {
    format: 'xlsx',
    title: `whole ${name}`,
    reference: name,
    ...(key === 2 && { validate: true }),
    columns: [{ key: 'n' }],
    // The second body has a row that makes the file long enough to be uploaded in parts.
    rows: Array.from({ length: body + 1 }, (_, n) => ({ n: 'x'.repeat(n * 40) })),
  };
  const posted: Posted = { ...untold(), behaviour: 'whole', tenant: 'orders', key: `key-${key}`, json };
  model.posts.set(name, posted);
  real.world.posts.push(posted);
  return posted;
}

const post = fc
  .tuple(fc.nat(2), fc.nat(1), fate)
  .map(([key, body, f]) => step(`post ${key}/${body} ${told(f)}`, (r, m) => r.post(postOf(m, r, key, body), f)));
const deliver = fc
  .tuple(nth, fate)
  .map(([i, f]) => step(`deliver ${i} ${told(f)}`, (r) => r.deliver(pick(r.world.queue.visible(), i), f)));
const closeDeadLetter = fc
  .tuple(nth, fate)
  .map(([i, f]) =>
    step(`closeDeadLetter ${i} ${told(f)}`, (r) => r.closeDeadLetter(pick(r.world.deadLetters.visible(), i), f)),
  );
const sweep = fate.map((f) => step(`sweep ${told(f)}`, (r) => r.sweep(f)));
const wait = fc
  .constantFrom(1, 31, 61, 241, 301, 361, 421, 1_801)
  .map((seconds) => step(`wait ${seconds}`, (r) => r.wait(seconds)));
/** A lease later: without it, few runs would come to a third attempt. */
const outlive = fate.map((f) =>
  step(`outlive a lease and sweep ${told(f)}`, async (r) => {
    await r.wait(661);
    r.sweep(f);
  }),
);
const duplicate = nth.map((i) =>
  step(`duplicate ${i}`, ({ world: { queue } }) => {
    const message = pick([...queue.messages.values()], i);
    if (message !== undefined) queue.send(message.body, message.group);
  }),
);
const lose = nth.map((i) =>
  step(`lose ${i}`, ({ world: { queue } }) => {
    queue.messages.delete(pick([...queue.messages.keys()], i) ?? '');
  }),
);
const kill = nth.map((i) => step(`kill ${i}`, ({ players }) => pick(players.filter(isUnderWay), i)?.die('killed')));
const look = fc.tuple(nth, fc.boolean()).map(([i, isStranger]) =>
  step(`look ${i}${isStranger ? ' as a stranger' : ''}`, (r) => {
    const posted = pick(r.world.posts, i);
    if (posted !== undefined) r.look(posted, isStranger ? 'billing' : posted.tenant);
  }),
);
const cancel = fc.tuple(nth, fc.boolean(), fate).map(([i, isStranger, f]) =>
  step(`cancel ${i}${isStranger ? ' as a stranger' : ''} ${told(f)}`, (r) => {
    const posted = pick(r.world.posts, i);
    if (posted !== undefined) r.cancel(posted, isStranger ? 'billing' : posted.tenant, f);
  }),
);
const redrive = fc.tuple(nth, fate).map(([i, f]) =>
  step(`redrive ${i} ${told(f)}`, (r) => {
    const failed = pick(
      r.world.table.all().filter(({ status }) => status === 'error'),
      i,
    );
    if (failed !== undefined) r.redrive(failed, f);
  }),
);

function isUnderWay({ isAlive, isOver }: Player): boolean {
  return isAlive && !isOver;
}

/** Every kind of step; those that carry a job on come more often. */
export const steps = [
  ...[post, post, deliver, deliver, deliver, deliver, wait, sweep, outlive, outlive],
  ...[closeDeadLetter, duplicate, lose, kill, look, cancel, redrive, redrive],
];
