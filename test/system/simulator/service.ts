import type { JobView } from '../../../lambdas/domain/answers.ts';
import type { Job } from '../../../lambdas/domain/job.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { cancel } from '../../../lambdas/functions/cancel/cancel.ts';
import { accept } from '../../../lambdas/functions/enqueue/accept.ts';
import { lookUp } from '../../../lambdas/functions/status/look-up.ts';
import type { SweepPorts } from '../../../lambdas/functions/sweeper/sweep.ts';
import { sweep } from '../../../lambdas/functions/sweeper/sweep.ts';
import { redrive } from '../../../lambdas/rescue/redrive.ts';
import { idempotencyKeyOf, jsonOf } from '../../../lambdas/runtime/body.ts';
import { tenantOf } from '../../../lambdas/runtime/principal.ts';
import { apiEvent } from '../../support/api-event.ts';
import { MemoryCallbackQueue } from '../../support/memory/callback-queue.ts';
import { MemoryDatasetStore } from '../../support/memory/dataset-store.ts';
import { MemoryJobTable } from '../../support/memory/job-table.ts';
import { MemoryLinks } from '../../support/memory/links.ts';
import { MemoryJobQueue } from '../../support/memory/queue.ts';
import { MemoryReportStore } from '../../support/memory/report-store.ts';
import { MemoryRequestStore } from '../../support/memory/request-store.ts';
import { addressOf, SETTINGS, TIMEOUTS } from '../../support/settings.ts';
import { Actor } from './actor.ts';
import { lies } from './lies.ts';
import type { Party } from './party.ts';
import type { Posted, World } from './world.ts';

/** The functions that are called, by clients, by the schedule and by operators: each the real use case, in an actor of its own. */
export class Service {
  readonly #world: World;
  readonly #counts = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** `POST /generate`. Never settles when the function dies: the client's own timeout has to end the wait. */
  async post(posted: Posted): Promise<string> {
    const { log, bucket, timeline } = this.#world;
    const actor = this.actor('enqueue', TIMEOUTS.http);
    const ports = {
      ...this.ports(actor),
      requests: new MemoryRequestStore(bucket, actor.gate),
      datasets: new MemoryDatasetStore(bucket, actor.gate),
      definitions: [],
      log,
    };
    const { tenant, key, json } = posted;
    const headers = { 'Idempotency-Key': key, ...lies(this.#world) };
    const event = apiEvent({ body: JSON.stringify(json), headers, userArn: tenant });
    const [idempotencyKey, sent] = [idempotencyKeyOf(event), jsonOf(event)];
    const call = { tenant: tenantOf(event, 'iam'), idempotencyKey, json: sent, addressOf };
    const accepted = await accept(call, ports, SETTINGS).finally(() => actor.end());
    const { id, requestHash } = accepted.job;
    await actor.pause(1);
    posted.accepted.push({ id, requestHash, at: timeline.now() });
    return id;
  }

  /** `GET /status/{id}` */
  async look(id: string, tenant: string): Promise<JobView> {
    const actor = this.actor('status', TIMEOUTS.http);
    const ports = { ...this.ports(actor), links: new MemoryLinks(actor.clock) };
    const { job, links } = await lookUp(id, tenant, ports).finally(() => actor.end());
    await actor.pause(1);
    return viewOf(job, (path) => path, links);
  }

  /** `DELETE /status/{id}`; answers with where the job stands then. */
  async cancel(id: string, tenant: string): Promise<Job['status']> {
    const actor = this.actor('cancel', TIMEOUTS.http);
    const { status } = await cancel(id, tenant, this.ports(actor)).finally(() => actor.end());
    await actor.pause(1);
    return status;
  }

  /** The schedule. */
  startSweeper(): void {
    const { timeline, scenario, random } = this.#world;
    const tick = () => {
      timeline.after(SETTINGS.sweepInterval * 1000, tick);
      for (let i = 0; i < scenario.sweepers; i += 1) void this.sweepOnce();
    };
    timeline.after(random.between(0, SETTINGS.sweepInterval * 1000), tick);
  }

  async sweepOnce(): Promise<void> {
    const actor = this.actor('sweeper', TIMEOUTS.sweeper);
    const timeIsUp = () => actor.remaining() < 10_000;
    await sweep(this.ports(actor), SETTINGS, timeIsUp)
      .catch(() => undefined)
      .finally(() => actor.end());
  }

  /** `POST /status/{id}/redrive`, by whoever looks after the tenant's jobs; some call twice. */
  async redrive(id: string): Promise<void> {
    const { table, bucket, random } = this.#world;
    const calls = random.chance(0.3) ? 2 : 1;
    const which = {
      id,
      tenant: table.get(id)?.tenant ?? '',
      generation: random.chance(0.5) ? undefined : table.get(id)?.generation,
    };
    for (let call = 0; call < calls; call += 1) {
      const actor = this.actor('operator', TIMEOUTS.http);
      const requests = new MemoryRequestStore(bucket, actor.gate);
      const datasets = new MemoryDatasetStore(bucket, actor.gate);
      // Who is told that it failed leaves it at that.
      await redrive(which, { ...this.ports(actor), requests, datasets }, SETTINGS).catch(() => undefined);
      actor.end();
    }
  }

  actor(kind: string, timeoutSeconds: number): Actor {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return new Actor(this.#world, `${kind}-${count}`, timeoutSeconds);
  }

  ports(actor: Party): SweepPorts {
    const { table, queue, bucket, log } = this.#world;
    return {
      jobs: new MemoryJobTable(table, actor.gate),
      queue: new MemoryJobQueue(queue, actor.gate),
      callbacks: new MemoryCallbackQueue(actor.gate),
      reports: new MemoryReportStore(bucket, actor.gate),
      clock: actor.clock,
      log,
    };
  }
}
