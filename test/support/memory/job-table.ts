import { jobOf } from '../../../lambdas/adapters/job-item.ts';
import type { Change } from '../../../lambdas/domain/change.ts';
import type { Job, QueuedJob } from '../../../lambdas/domain/job.ts';
import type { Changed, Clock, Created, Due, JobTable } from '../../../lambdas/domain/ports.ts';
import { applied, checkOverlap, holds, type Item } from './conditions.ts';
import { type Gate, open } from './gate.ts';

const ITEM_LIMIT_BYTES = 400 * 1024;

/** One write that happened: when, the row before and after it, and which transition it was. */
export interface Write {
  readonly at: number;
  readonly id: string;
  readonly name: string;
  readonly before: Job | undefined;
  readonly after: Job;
}

/** The rows, copied and frozen, so that nobody shares an object with the table; and everything that was ever written. */
export class TableState {
  readonly rows = new Map<string, Job>();
  readonly history: Write[] = [];
  /** How many writes the index lags behind the table. */
  indexLag = 0;
  readonly #clock: Clock;
  readonly #indexed = new Map<string, Due>();

  constructor(clock: Clock = { now: () => 0 }) {
    this.#clock = clock;
  }

  get(id: string): Job | undefined {
    return this.rows.get(id);
  }

  all(): Job[] {
    return [...this.rows.values()];
  }

  put(id: string, item: Item, name: string): Job {
    const text = toText(item);
    if (Buffer.byteLength(text) > ITEM_LIMIT_BYTES) throw new Error('ValidationException: the item exceeds 400 KB');
    const before = this.get(id);
    const after = jobOf(JSON.parse(text, frozen));
    this.rows.set(id, after);
    if (isIndexed(after)) this.#indexed.set(id, after);
    else this.#indexed.delete(id);
    this.history.push({ at: this.#clock.now(), id, name, before, after });
    return after;
  }

  /** The sparse index: rows that have both of its keys, as they were `indexLag` writes ago. */
  index(): Due[] {
    const entries = new Map(this.#indexed);
    // Backwards, so that of several writes of one row the oldest has the last word.
    for (let i = this.history.length - 1; i >= Math.max(0, this.history.length - this.indexLag); i -= 1) {
      const { id, before } = this.history[i] as Write;
      if (before !== undefined && isIndexed(before)) entries.set(id, before);
      else entries.delete(id);
    }
    return [...entries.values()].map(({ id, sweepAt }) => ({ id, sweepAt }));
  }
}

function frozen(_name: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.freeze(value) : value;
}

function isIndexed(job: Job): job is Job & Due {
  return 'sweepShard' in job && typeof job.sweepShard === 'string' && typeof job.sweepAt === 'number';
}

/** What marshalling does to a document: drops `undefined`, and refuses numbers that DynamoDB does not have. */
function toText(item: Item): string {
  return JSON.stringify(item, (name, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`Special numeric value in ${name}`);
    return value;
  });
}

/** The jobs table in memory. */
export class MemoryJobTable implements JobTable {
  readonly #state: TableState;
  readonly #gate: Gate;

  constructor(state = new TableState(), gate: Gate = open) {
    this.#state = state;
    this.#gate = gate;
  }

  create(job: QueuedJob): Promise<Created> {
    return this.#gate('jobs.create', () => {
      const existing = this.#state.get(job.id);
      if (existing !== undefined) return { created: false, existing };
      this.#state.put(job.id, { ...job }, 'create');
      return { created: true };
    });
  }

  read(id: string): Promise<Job | undefined> {
    return this.#gate('jobs.read', () => this.#state.get(id));
  }

  change(id: string, change: Change): Promise<Changed> {
    return this.#gate(`jobs.${change.name}`, () => {
      checkOverlap(change);
      const job = this.#state.get(id);
      if (job === undefined || !holds(change.when, { ...job })) return { applied: false, job };
      return { applied: true, job: this.#state.put(id, applied(change, { ...job }), change.name) };
    });
  }

  due(from: number, to: number, limit: number): Promise<readonly Due[]> {
    return this.#gate('jobs.due', () => {
      const entries = this.#state.index().filter(({ sweepAt }) => sweepAt >= from && sweepAt <= to);
      return entries.sort((a, b) => a.sweepAt - b.sweepAt).slice(0, limit);
    });
  }
}
