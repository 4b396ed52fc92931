import { decompressed } from '../../../lambdas/datasets/decompress.ts';
import { DEFAULT_LIMITS } from '../../../lambdas/datasets/limits.ts';
import { rowOpener } from '../../../lambdas/datasets/open-rows.ts';
import { OutOfTime } from '../../../lambdas/domain/failures.ts';
import { closeDeadLetter } from '../../../lambdas/functions/dead-letter/close-dead-letter.ts';
import type { WorkPorts } from '../../../lambdas/functions/worker/ports.ts';
import { work } from '../../../lambdas/functions/worker/work.ts';
import { MemoryDatasetStore } from '../../support/memory/dataset-store.ts';
import { MemoryOnce } from '../../support/memory/once.ts';
import { MemoryJobQueue, type Received } from '../../support/memory/queue.ts';
import { MemoryRequestStore } from '../../support/memory/request-store.ts';
import { SETTINGS, TIMEOUTS } from '../../support/settings.ts';
import type { Actor } from './actor.ts';
import { rendererFor } from './behaviour.ts';
import type { Service } from './service.ts';
import type { World } from './world.ts';

/** How soon Lambda's pollers ask a queue again that did not answer. */
const RETRY_MILLISECONDS = 1_000;

/** Lambda's event source mappings: what is visible in a queue comes to a worker, or to the dead-letter function. */
export class Pump {
  readonly #world: World;
  readonly #service: Service;
  #working = 0;
  #pumpAt = Number.POSITIVE_INFINITY;

  constructor(world: World, service: Service) {
    this.#world = world;
    this.#service = service;
    world.onQueue = () => this.#wake();
  }

  /** Nothing is received then, and nothing deleted. */
  get #isQueueAway(): boolean {
    return this.#world.outageOf('queue.receive') !== undefined;
  }

  /** Looks at the queues when the next message can be received, and not before. */
  #wake(): void {
    const { timeline, queue, deadLetters, scenario } = this.#world;
    const isBusy = this.#working >= scenario.workers;
    const next = Math.min(isBusy ? Number.POSITIVE_INFINITY : queue.nextVisibleAt(), deadLetters.nextVisibleAt());
    const at = Math.max(next, timeline.now()) + (this.#isQueueAway ? RETRY_MILLISECONDS : 0);
    if (next === Number.POSITIVE_INFINITY || at >= this.#pumpAt) return;
    this.#pumpAt = at;
    timeline.at(at, () => this.#pump(at));
  }

  #pump(at: number): void {
    if (at !== this.#pumpAt) return;
    this.#pumpAt = Number.POSITIVE_INFINITY;
    if (this.#isQueueAway) {
      this.#wake();
      return;
    }
    const { queue, deadLetters, random, scenario, faults } = this.#world;
    for (const message of deadLetters.visible()) {
      const received = deadLetters.receive(message);
      if (received !== undefined) void this.#closeDeadLetter(received);
    }
    const waiting = this.#working < scenario.workers ? queue.visible() : [];
    while (this.#working < scenario.workers && waiting.length > 0) {
      const [message] = waiting.splice(random.whole(0, waiting.length - 1), 1);
      const received = queue.receive(message);
      if (received === undefined) continue;
      this.#startWorker(received);
      if (random.chance(faults.twin)) this.#startWorker(received);
    }
    this.#wake();
  }

  #startWorker(received: Received): void {
    const { timeline, counts } = this.#world;
    const actor = this.#service.actor('worker', SETTINGS.workerTimeout);
    counts.runs += 1;
    this.#working += 1;
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      actor.end();
      this.#working -= 1;
      this.#wake();
    };
    // Lambda starts another sandbox when it has noticed the death: here, at the time limit.
    const watch = () => {
      if (isOver) return;
      if (actor.isAlive) timeline.after(Math.max(1, actor.remaining() + 1), watch);
      else over();
    };
    watch();
    void this.#work(actor, received).then(over, over);
  }

  async #work(actor: Actor, received: Received): Promise<void> {
    const { bucket, locks, random, queue } = this.#world;
    const invocation = { clock: actor.clock, remaining: () => actor.remaining(), expiresAfter: SETTINGS.jobRetention };
    const renderer = rendererFor(actor, this.#world);
    const isCutShort = () => random.chance(this.#world.faults.cutShort);
    const datasets = new MemoryDatasetStore(bucket, actor.gate, isCutShort);
    const ports: WorkPorts = {
      ...this.#service.ports(actor),
      requests: new MemoryRequestStore(bucket, actor.gate),
      once: new MemoryOnce(locks, invocation, actor.gate),
      rendererOf: async () => renderer,
      openRows: rowOpener({ datasets, limits: DEFAULT_LIMITS, unpack: decompressed }),
      random: () => random.next(),
    };
    const delivery = new MemoryJobQueue(queue, actor.gate).delivery(received, actor.name);
    const handled = await work(delivery, this.#deadline(actor), ports, SETTINGS);
    await actor.pause(1);
    this.#world.note(actor, handled);
    if (handled === 'acknowledge' && !this.#isQueueAway) queue.delete(received.receiptHandle);
  }

  #deadline(actor: Actor): AbortSignal {
    const controller = new AbortController();
    const milliseconds = actor.remaining() - SETTINGS.deadlineMargin * 1000;
    actor.after(milliseconds, () => controller.abort(new OutOfTime()));
    return controller.signal;
  }

  async #closeDeadLetter(received: Received): Promise<void> {
    const actor = this.#service.actor('closer', TIMEOUTS.deadLetter);
    const verdict = await closeDeadLetter(received.body, this.#service.ports(actor), SETTINGS).catch(() => 'return');
    actor.end();
    await actor.pause(1);
    this.#world.note(actor, verdict);
    const isHeard = !this.#isQueueAway;
    if (verdict === 'acknowledge' && isHeard) this.#world.deadLetters.delete(received.receiptHandle);
    this.#wake();
  }
}
