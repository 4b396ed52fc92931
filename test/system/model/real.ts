import type { Scheduler } from 'fast-check';
import { decompressed } from '../../../lambdas/datasets/decompress.ts';
import { DEFAULT_LIMITS } from '../../../lambdas/datasets/limits.ts';
import { rowOpener } from '../../../lambdas/datasets/open-rows.ts';
import type { Job } from '../../../lambdas/domain/job.ts';
import { cancel } from '../../../lambdas/functions/cancel/cancel.ts';
import { closeDeadLetter } from '../../../lambdas/functions/dead-letter/close-dead-letter.ts';
import { accept } from '../../../lambdas/functions/enqueue/accept.ts';
import { lookUp } from '../../../lambdas/functions/status/look-up.ts';
import type { SweepPorts } from '../../../lambdas/functions/sweeper/sweep.ts';
import { sweep } from '../../../lambdas/functions/sweeper/sweep.ts';
import type { WorkPorts } from '../../../lambdas/functions/worker/ports.ts';
import { work } from '../../../lambdas/functions/worker/work.ts';
import { redrive } from '../../../lambdas/rescue/redrive.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import { MemoryCallbackQueue } from '../../support/memory/callback-queue.ts';
import { MemoryDatasetStore } from '../../support/memory/dataset-store.ts';
import { MemoryJobTable } from '../../support/memory/job-table.ts';
import { MemoryLinks } from '../../support/memory/links.ts';
import { MemoryOnce } from '../../support/memory/once.ts';
import { MemoryJobQueue, type Message } from '../../support/memory/queue.ts';
import { MemoryReportStore } from '../../support/memory/report-store.ts';
import { MemoryRequestStore } from '../../support/memory/request-store.ts';
import { addressOf, SETTINGS } from '../../support/settings.ts';
import { CALM } from '../simulator/scenario.ts';
import { type Posted, World } from '../simulator/world.ts';
import { type Fate, Player } from './player.ts';

/** The real use cases over the doubles. Every method starts an invocation and does not wait for its end. */
export class Real {
  readonly world = new World(CALM);
  readonly players: Player[] = [];
  /** Jobs that were still open when the promised time was over. */
  readonly late: string[] = [];
  readonly #scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  post(posted: Posted, fate: Fate): void {
    const player = this.#player('enqueue', fate);
    const { bucket, log } = this.world;
    const ports = {
      ...this.#ports(player),
      requests: new MemoryRequestStore(bucket, player.gate),
      datasets: new MemoryDatasetStore(bucket, player.gate),
      definitions: [],
      log,
    };
    const call = { tenant: posted.tenant, idempotencyKey: posted.key, json: posted.json, addressOf };
    const answered = accept(call, ports, SETTINGS).then(async ({ job: { id, requestHash } }) => {
      await player.step('answer');
      posted.accepted.push({ id, requestHash, at: this.world.timeline.now() });
    });
    this.#over(player, answered);
  }

  look(posted: Posted, tenant: string): void {
    const id = posted.accepted[0]?.id;
    if (id === undefined) return;
    const player = this.#player('status', { diesAt: undefined, fault: undefined, skew: 0 });
    const ports = { ...this.#ports(player), links: new MemoryLinks(player.clock) };
    const leak = () => tenant !== posted.tenant && posted.leaks.push('a view');
    this.#over(player, lookUp(id, tenant, ports).then(leak));
  }

  cancel(posted: Posted, tenant: string, fate: Fate): void {
    const id = posted.accepted[0]?.id;
    if (id === undefined) return;
    const player = this.#player('cancel', fate);
    const told = cancel(id, tenant, this.#ports(player)).then(async ({ status }) => {
      await player.step('answer');
      if (tenant === posted.tenant) posted.cancels.push({ id, told: status });
      else posted.leaks.push('a view');
    });
    // A wish that was refused, or whose caller was never told, is a wish all the same.
    if (tenant === posted.tenant) posted.cancels.push({ id, told: 'wished' });
    this.#over(player, told);
  }

  /** One message comes to a worker. */
  deliver(message: Message | undefined, fate: Fate): void {
    const received = message === undefined ? undefined : this.world.queue.receive(message);
    if (received === undefined) return;
    const player = this.#player('worker', fate);
    const { queue } = this.world;
    const delivery = new MemoryJobQueue(queue, player.gate).delivery(received, player.name);
    const handled = work(delivery, player.deadline, this.#workPorts(player), SETTINGS).then(async (answer) => {
      await player.step(answer);
      if (answer === 'acknowledge') queue.delete(received.receiptHandle);
    });
    this.#over(player, handled);
  }

  closeDeadLetter(message: Message | undefined, fate: Fate): void {
    const received = message === undefined ? undefined : this.world.deadLetters.receive(message);
    if (received === undefined) return;
    const player = this.#player('closer', fate);
    const closing = closeDeadLetter(received.body, this.#ports(player), SETTINGS).then(async (verdict) => {
      await player.step(verdict);
      if (verdict === 'acknowledge') this.world.deadLetters.delete(received.receiptHandle);
    });
    this.#over(player, closing);
  }

  sweep(fate: Fate): void {
    const player = this.#player('sweeper', fate);
    this.#over(
      player,
      sweep(this.#ports(player), SETTINGS, () => false),
    );
  }

  redrive({ id, tenant, generation }: Job, fate: Fate): void {
    const player = this.#player('operator', fate);
    const { bucket } = this.world;
    const ports = {
      ...this.#ports(player),
      requests: new MemoryRequestStore(bucket, player.gate),
      datasets: new MemoryDatasetStore(bucket, player.gate),
    };
    this.#over(player, redrive({ id, tenant, generation }, ports, SETTINGS));
  }

  /** Time passes; for whoever is under way the deadline may have come. */
  async wait(seconds: number): Promise<void> {
    const { timeline } = this.world;
    await timeline.until(timeline.now() + seconds * 1000);
    for (const player of this.players) player.look();
  }

  #player(kind: string, fate: Fate): Player {
    const player = new Player(this.world, this.#scheduler, `${kind}-${this.players.length + 1}`, fate);
    this.players.push(player);
    return player;
  }

  /** What a function throws, its caller is told; nobody here needs to hear it. */
  #over(player: Player, invocation: Promise<unknown>): void {
    const end = () => player.end();
    void invocation.then(end, end);
  }

  #ports(player: Player): SweepPorts {
    const { table, queue, bucket, log } = this.world;
    return {
      jobs: new MemoryJobTable(table, player.gate),
      queue: new MemoryJobQueue(queue, player.gate),
      callbacks: new MemoryCallbackQueue(player.gate),
      reports: new MemoryReportStore(bucket, player.gate, 32),
      clock: player.clock,
      log,
    };
  }

  #workPorts(player: Player): WorkPorts {
    const { bucket, locks } = this.world;
    const invocation = {
      clock: player.clock,
      remaining: () => player.remaining(),
      expiresAfter: SETTINGS.jobRetention,
    };
    return {
      ...this.#ports(player),
      requests: new MemoryRequestStore(bucket, player.gate),
      once: new MemoryOnce(locks, invocation, player.gate),
      openRows: rowOpener({
        datasets: new MemoryDatasetStore(bucket, player.gate),
        limits: DEFAULT_LIMITS,
        unpack: decompressed,
      }),
      rendererOf: async () =>
        lineRenderer(async () => {
          await player.step('row');
          return 'write';
        }),
      random: () => 0.5,
    };
  }
}
