import { bury } from '../../../lambdas/dead-letter/bury.ts';
import { PermanentFailure } from '../../../lambdas/domain/failures.ts';
import type { RescuePorts } from '../../../lambdas/domain/rescue-job.ts';
import { accept } from '../../../lambdas/enqueue/accept.ts';
import { sweep } from '../../../lambdas/sweeper/sweep.ts';
import type { WorkPorts } from '../../../lambdas/worker/ports.ts';
import { work } from '../../../lambdas/worker/work.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import { MemoryJobTable } from '../../support/memory/job-table.ts';
import { MemoryOnce } from '../../support/memory/once.ts';
import { MemoryJobQueue, type Received } from '../../support/memory/queue.ts';
import { MemoryReportStore } from '../../support/memory/report-store.ts';
import { MemoryRequestStore } from '../../support/memory/request-store.ts';
import { Actor } from './actor.ts';
import { NUMBERS, SETTINGS } from './scenario.ts';
import type { Posted, World } from './world.ts';

/** The deployed service: each function is the real use case, run by an actor of its own. */
export class Service {
  readonly #world: World;
  #count = 0;
  #working = 0;
  #pumpAt = Number.POSITIVE_INFINITY;

  constructor(world: World) {
    this.#world = world;
    world.onQueue = () => this.#wake();
  }

  /** One call of the API. Never settles when the function dies: the client's own timeout has to end the wait. */
  async post(posted: Posted, json: object): Promise<void> {
    const { log } = this.#world;
    const actor = this.#actor('enqueue', NUMBERS.httpTimeout);
    const ports = { ...this.#ports(actor), requests: new MemoryRequestStore(this.#world.bucket, actor.gate), log };
    const { tenant, key: idempotencyKey } = posted;
    const call = { tenant, idempotencyKey, json, callId: actor.name };
    const accepted = await accept(call, ports, SETTINGS).finally(() => actor.end());
    const { id, requestHash } = accepted.job;
    await actor.pause(1);
    posted.accepted.push({ id, requestHash, at: this.#world.timeline.now() });
  }

  /** The schedule. */
  startSweeper(): void {
    const { timeline } = this.#world;
    const tick = () => {
      timeline.after(SETTINGS.sweepInterval * 1000, tick);
      void this.sweepOnce();
    };
    timeline.after(this.#world.random.between(0, SETTINGS.sweepInterval * 1000), tick);
  }

  async sweepOnce(): Promise<void> {
    const actor = this.#actor('sweeper', NUMBERS.sweepTimeout);
    const timeIsUp = () => actor.remaining() < 10_000;
    await sweep(this.#ports(actor), SETTINGS, timeIsUp)
      .catch(() => undefined)
      .finally(() => actor.end());
  }

  #actor(kind: string, timeoutSeconds: number): Actor {
    this.#count += 1;
    return new Actor(this.#world, `${kind}-${this.#count}`, timeoutSeconds);
  }

  #ports(actor: Actor): RescuePorts {
    const { table, queue, bucket, log } = this.#world;
    return {
      jobs: new MemoryJobTable(table, actor.gate),
      queue: new MemoryJobQueue(queue, actor.gate),
      reports: new MemoryReportStore(bucket, actor.gate),
      clock: actor.clock,
      log,
    };
  }

  /** Looks at the queues when the next message can be received, and not before. */
  #wake(): void {
    const { timeline, queue, deadLetters } = this.#world;
    const busy = this.#working >= this.#world.scenario.workers;
    const next = [...(busy ? [] : queue.messages.values()), ...deadLetters.messages.values()]
      .map((message) => message.visibleAt)
      .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const at = Math.max(next, timeline.now());
    if (next === Number.POSITIVE_INFINITY || at >= this.#pumpAt) return;
    this.#pumpAt = at;
    timeline.at(at, () => this.#pump(at));
  }

  #pump(at: number): void {
    if (at !== this.#pumpAt) return;
    this.#pumpAt = Number.POSITIVE_INFINITY;
    const { queue, deadLetters, random, scenario } = this.#world;
    for (const message of deadLetters.visible()) {
      const received = deadLetters.receive(message);
      if (received !== undefined) void this.#bury(received);
    }
    const waiting = queue.visible();
    while (this.#working < scenario.workers && waiting.length > 0) {
      const [message] = waiting.splice(random.whole(0, waiting.length - 1), 1);
      const received = queue.receive(message);
      if (received !== undefined) this.#startWorker(received);
    }
    this.#wake();
  }

  #startWorker(received: Received): void {
    const { timeline, counts } = this.#world;
    const actor = this.#actor('worker', NUMBERS.workerTimeout);
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
    const { bucket, locks, random, queue, scenario } = this.#world;
    const pace = random.between(...scenario.rowMilliseconds);
    const ports: WorkPorts = {
      ...this.#ports(actor),
      requests: new MemoryRequestStore(bucket, actor.gate),
      once: new MemoryOnce(
        locks,
        { clock: actor.clock, remaining: () => actor.remaining(), expiresAfter: SETTINGS.jobRetention },
        actor.gate,
      ),
      rendererOf: async () => lineRenderer(() => actor.pause(pace)),
      random: () => random.next(),
    };
    const delivery = new MemoryJobQueue(queue, actor.gate).delivery(received);
    const handled = await work(delivery, this.#deadline(actor), ports, SETTINGS);
    await actor.pause(1);
    this.#world.note(actor, handled);
    if (handled === 'acknowledge') queue.delete(received.receiptHandle);
  }

  #deadline(actor: Actor): AbortSignal {
    const controller = new AbortController();
    const milliseconds = actor.remaining() - NUMBERS.deadlineMargin * 1000;
    this.#world.timeline.after(milliseconds, () => controller.abort(new PermanentFailure('TOO_LARGE', 'Too slow.')));
    return controller.signal;
  }

  async #bury(received: Received): Promise<void> {
    const actor = this.#actor('burier', 30);
    const burial = await bury(received.body, this.#ports(actor), SETTINGS).catch(() => 'keep');
    actor.end();
    await actor.pause(1);
    this.#world.note(actor, burial);
    if (burial === 'remove') this.#world.deadLetters.delete(received.receiptHandle);
    this.#wake();
  }
}
