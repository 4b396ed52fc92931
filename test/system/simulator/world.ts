import type { JobView } from '../../../lambdas/domain/answers.ts';
import { BucketState } from '../../support/memory/bucket.ts';
import { TableState } from '../../support/memory/job-table.ts';
import { MemoryLog } from '../../support/memory/log.ts';
import { LockState } from '../../support/memory/once.ts';
import { MemoryQueue } from '../../support/memory/queue.ts';
import { QUEUES } from '../../support/settings.ts';
import type { Behaviour } from './behaviour.ts';
import type { Party } from './party.ts';
import { Random } from './random.ts';
import { type FaultKind, type Faults, NO_FAULTS, type Scenario, type Span } from './scenario.ts';
import { Timeline } from './timeline.ts';
import type { Upload } from './uploads.ts';
import { Witness } from './witness.ts';

/** One post as its client remembers it. */
export interface Posted {
  readonly tenant: string;
  readonly key: string;
  readonly json: object;
  readonly behaviour: Behaviour;
  /** What the client was told, one entry for each 202. */
  readonly accepted: { readonly id: string; readonly requestHash: string; readonly at: number }[];
  readonly refusals: string[];
  /** What the client saw of it, in order. */
  readonly views: JobView[];
  /** How each wish to cancel it was answered: with the job's status, or with the code of a refusal. */
  readonly cancels: { readonly id: string; readonly told: string }[];
  /** What another tenant was told of it that it must not be told. */
  readonly leaks: string[];
}

/** What a person or a program sends that is no message of ours. */
const JUNK = ['', 'not json', '{}', '{"jobId":7,"generation":1}', '[1,2]', '\u0000'] as const;

/** Everything that outlives an actor: the services' state, the time, the dice, and what is remembered for the judgement. */
export class World {
  readonly scenario: Scenario;
  readonly timeline = new Timeline();
  readonly random: Random;
  readonly table = new TableState(this.timeline);
  readonly bucket = new BucketState();
  readonly locks = new LockState();
  readonly log = new MemoryLog();
  readonly deadLetters: MemoryQueue;
  readonly queue: MemoryQueue;
  readonly posts: Posted[] = [];
  /** By the ETag that the bucket knows them by. */
  readonly uploads = new Map<string, Upload>();
  readonly witness = new Witness(this);
  readonly trace: string[] = [];
  readonly counts = { killed: 0, frozen: 0, faulted: 0, runs: 0, junk: 0 };
  readonly #startedAt: number;
  faults: Faults;
  isStorm = true;
  stormEndsAt: number;
  /** For tests that tell one story: called before each effect, which does not happen if its party dies of it. */
  beforeEffect: (operation: string, party: Party) => void = () => {};
  /** Called after every effect on a queue. */
  onQueue: () => void = () => {};
  /** Called when a job has ended as error. */
  onError: (id: string) => void = () => {};

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.random = new Random(scenario.seed);
    this.faults = scenario.faults;
    this.table.indexLag = scenario.faults.lag;
    this.#startedAt = this.timeline.now();
    this.stormEndsAt = this.#startedAt + scenario.stormSeconds * 1000;
    this.deadLetters = new MemoryQueue(this.timeline, { visibility: QUEUES.deadLetterVisibility });
    const redrive = { maxReceives: QUEUES.maxReceives, to: this.deadLetters };
    this.queue = new MemoryQueue(this.timeline, { visibility: QUEUES.visibility, redrive });
  }

  /** From now on everything works; the clocks stay wrong only in those who are running. */
  endStorm(): void {
    this.isStorm = false;
    this.faults = NO_FAULTS;
    this.table.indexLag = 0;
    this.stormEndsAt = this.timeline.now();
  }

  perform<T>(actor: Party, operation: string, fault: FaultKind | undefined, effect: () => T): T {
    if (fault !== undefined) this.counts.faulted += 1;
    this.note(actor, fault === undefined ? operation : `${operation} (${fault})`);
    const { history } = this.table;
    const writes = history.length;
    const result = effect();
    this.witness.saw({ party: actor, operation, fault, result, write: history[writes] });
    if (operation === 'queue.send') this.#disturb();
    if (operation.startsWith('queue.')) this.onQueue();
    return result;
  }

  scriptedFault(actor: Party, operation: string): FaultKind | undefined {
    const { outage, script } = this.scenario;
    const scripted = script?.(actor.name, operation);
    if (scripted !== undefined) return scripted;
    return this.isStorm && outage?.operations.test(operation) === true ? outage.kind : undefined;
  }

  /** How a call of a service goes wrong that is away; `undefined` when it is there. */
  outageOf(operation: string): FaultKind | undefined {
    return this.scenario.outages?.find((span) => this.#isWithin(span, operation))?.kind;
  }

  /** Seconds that the answer to a call takes, where its service is slow. */
  slowness(operation: string): number {
    const span = this.scenario.slow?.find((slow) => this.#isWithin(slow, operation));
    return span === undefined ? 0 : this.random.between(...span.takes);
  }

  isKilled(actor: Party, way: number): boolean {
    return this.scenario.kills?.some((mark) => mark.actor === actor.name && mark.at === way) ?? false;
  }

  /** Seconds for which the actor stops there; 0 when it goes on. */
  isFrozen(actor: Party, way: number): number {
    return this.scenario.freezes?.find((mark) => mark.actor === actor.name && mark.at === way)?.seconds ?? 0;
  }

  died(actor: Party, why: string): void {
    this.counts.killed += 1;
    this.note(actor, why);
    this.witness.sawDeath(actor);
  }

  froze(actor: Party): void {
    this.counts.frozen += 1;
    this.note(actor, 'freezes');
  }

  #isWithin({ operations, from, seconds }: Span, operation: string): boolean {
    const at = (this.timeline.now() - this.#startedAt) / 1000;
    return at >= from && at < from + seconds && operations.test(operation);
  }

  note(actor: Party, text: string): void {
    if (!this.scenario.trace) return;
    const seconds = (this.timeline.now() - Date.UTC(2026, 0, 5, 9)) / 1000;
    this.trace.push(`${seconds.toFixed(3).padStart(10)}  ${actor.name.padEnd(12)} ${text}`);
  }

  /** The queue delivers at least once, in no order; an operator may purge it, and strangers may write to it. */
  #disturb(): void {
    const { random, faults, queue } = this;
    if (random.chance(faults.junk)) {
      queue.send(random.pick(JUNK) ?? '');
      this.counts.junk += 1;
    }
    const newest = [...queue.messages.values()].at(-1);
    if (newest === undefined) return;
    if (random.chance(faults.duplicate)) {
      for (let copies = random.whole(1, 4); copies > 0; copies -= 1) {
        queue.send(newest.body, newest.group, random.between(0, 400));
      }
    }
    if (random.chance(faults.vanish)) queue.messages.delete(newest.id);
  }
}
