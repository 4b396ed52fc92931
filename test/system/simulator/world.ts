import { BucketState } from '../../support/memory/bucket.ts';
import { TableState } from '../../support/memory/job-table.ts';
import { MemoryLog } from '../../support/memory/log.ts';
import { LockState } from '../../support/memory/once.ts';
import { MemoryQueue } from '../../support/memory/queue.ts';
import type { Actor } from './actor.ts';
import { Random } from './random.ts';
import { type Faults, NO_FAULTS, NUMBERS, type Scenario } from './scenario.ts';
import { Timeline } from './timeline.ts';

type Fault = 'refused' | 'lostReply' | 'doubled' | undefined;

/** One post as its client remembers it. */
export interface Posted {
  readonly tenant: string;
  readonly key: string;
  readonly json: object;
  readonly rows: number;
  /** What the client was told, one entry for each 202. */
  readonly accepted: { readonly id: string; readonly requestHash: string; readonly at: number }[];
  readonly refusals: string[];
}

/** Everything that outlives an actor: the services' state, the time, the dice, and what is remembered for the judgement. */
export class World {
  readonly scenario: Scenario;
  readonly timeline = new Timeline();
  readonly random: Random;
  readonly table = new TableState();
  readonly bucket = new BucketState();
  readonly locks = new LockState();
  readonly log = new MemoryLog();
  readonly deadLetters: MemoryQueue;
  readonly queue: MemoryQueue;
  readonly posts: Posted[] = [];
  readonly trace: string[] = [];
  /** Uploads that may stay open until the lifecycle rule comes: whoever could have ended them was cut off. */
  readonly excusedUploads = new Set<string>();
  readonly counts = { killed: 0, frozen: 0, faulted: 0, runs: 0 };
  faults: Faults;
  isStorm = true;
  stormEndsAt: number;
  /** Called after every effect on a queue. */
  onQueue: () => void = () => {};
  readonly #uploadsOf = new Map<Actor, Set<string>>();

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.random = new Random(scenario.seed);
    this.faults = scenario.faults;
    this.stormEndsAt = this.timeline.now() + scenario.stormSeconds * 1000;
    this.deadLetters = new MemoryQueue(this.timeline, { visibility: NUMBERS.deadLetterVisibility });
    const redrive = { maxReceives: NUMBERS.maxReceives, to: this.deadLetters };
    this.queue = new MemoryQueue(this.timeline, { visibility: NUMBERS.visibility, redrive });
  }

  /** From now on everything works; the clocks stay wrong only in those who are running. */
  endStorm(): void {
    this.isStorm = false;
    this.faults = NO_FAULTS;
    this.stormEndsAt = this.timeline.now();
  }

  perform<T>(actor: Actor, operation: string, fault: Fault, effect: () => T): T {
    if (fault !== undefined) this.counts.faulted += 1;
    this.note(actor, fault === undefined ? operation : `${operation} (${fault})`);
    const result = effect();
    if (operation === 'reports.begin') this.#began(actor, String(result), fault);
    if (operation === 'queue.ring') this.#disturb();
    if (operation.startsWith('queue.')) this.onQueue();
    return result;
  }

  outageOf(operation: string): Fault {
    const { outage } = this.scenario;
    return this.isStorm && outage?.operations.test(operation) === true ? outage.kind : undefined;
  }

  isKilled(actor: Actor, halfCall: number): boolean {
    const { kill } = this.scenario;
    return kill !== undefined && kill.actor === actor.name && kill.at === halfCall;
  }

  died(actor: Actor, why: string): void {
    this.counts.killed += 1;
    this.note(actor, why);
    this.#excuse(actor);
  }

  froze(actor: Actor): void {
    this.counts.frozen += 1;
    this.note(actor, 'freezes');
  }

  note(actor: Actor, text: string): void {
    if (!this.scenario.trace) return;
    const seconds = (this.timeline.now() - Date.UTC(2026, 0, 5, 9)) / 1000;
    this.trace.push(`${seconds.toFixed(3).padStart(10)}  ${actor.name.padEnd(12)} ${text}`);
  }

  /** An actor whose abort was not heard leaves its upload to the lifecycle rule, like one that was killed. */
  #excuse(actor: Actor): void {
    for (const upload of this.#uploadsOf.get(actor) ?? []) this.excusedUploads.add(upload);
  }

  #began(actor: Actor, uploadId: string, fault: Fault): void {
    const known = this.#uploadsOf.get(actor) ?? new Set();
    this.#uploadsOf.set(actor, known.add(uploadId));
    // Asked for twice: the first one's name is lost.
    if (fault !== undefined || this.scenario.faults.refused > 0 || this.scenario.faults.lostReply > 0) {
      this.excusedUploads.add(uploadId);
    }
  }

  /** The queue delivers at least once, in no order; and an operator may purge it. */
  #disturb(): void {
    const newest = [...this.queue.messages.values()].at(-1);
    if (newest === undefined) return;
    const { random, faults, queue } = this;
    if (random.chance(faults.duplicate)) {
      for (let copies = random.whole(1, 4); copies > 0; copies -= 1) {
        queue.send(newest.body, newest.group, random.between(0, 400));
      }
    }
    if (random.chance(faults.vanish)) queue.messages.delete(newest.id);
  }
}
