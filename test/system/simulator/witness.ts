import { committedReport } from '../../../lambdas/domain/converge.ts';
import { parseDoorbell } from '../../../lambdas/domain/doorbell.ts';
import { reportKey } from '../../../lambdas/domain/keys.ts';
import type { Write } from '../../support/memory/job-table.ts';
import type { Actor } from './actor.ts';
import type { FaultKind } from './scenario.ts';
import type { World } from './world.ts';

/** Remembers, of what happens, what the state that is left at the end no longer tells. */
export class Witness {
  /** Uploads that may stay open until the lifecycle rule comes: whoever could have ended them was cut off. */
  readonly excusedUploads = new Set<string>();
  /** Messages that were sent for each job, without those that the queue made itself. */
  readonly rings = new Map<string, number>();
  /** Jobs that were ended as error over a finished file which whoever ended them could have seen. */
  readonly falseErrors: string[] = [];
  /** When the invocation began that made each claim: `id#generation/attempt`. */
  readonly claims = new Map<string, number>();
  readonly #world: World;
  readonly #uploadsOf = new Map<Actor, Set<string>>();
  /** When each report was published. */
  readonly #published = new Map<string, number>();
  readonly #attempts = new Map<Actor, number>();

  constructor(world: World) {
    this.#world = world;
  }

  saw(actor: Actor, operation: string, fault: FaultKind | undefined, result: unknown): void {
    switch (operation) {
      case 'reports.begin':
        this.#sawBegin(actor, String(result), fault);
        break;
      case 'reports.put':
      case 'reports.complete':
        this.#sawCommit();
        break;
      case 'queue.ring':
        this.#sawRing();
        break;
      case 'jobs.claim':
        this.#sawClaim(actor);
        break;
      case 'jobs.close':
      case 'jobs.finishError':
        this.#sawError(actor);
        break;
    }
  }

  sawDeath(actor: Actor): void {
    for (const upload of this.#uploadsOf.get(actor) ?? []) this.excusedUploads.add(upload);
  }

  /** An abort that was refused: the adapter cannot do more than try. */
  sawRefusal(actor: Actor, operation: string): void {
    if (operation === 'reports.abort') this.sawDeath(actor);
  }

  #sawBegin(actor: Actor, uploadId: string, fault: FaultKind | undefined): void {
    const known = this.#uploadsOf.get(actor) ?? new Set();
    this.#uploadsOf.set(actor, known.add(uploadId));
    // Asked for twice, or never answered: nobody knows the name of the first.
    if (fault === 'doubled' || fault === 'lostReply') this.excusedUploads.add(uploadId);
  }

  #sawCommit(): void {
    const { bucket, timeline } = this.#world;
    for (const key of bucket.objects.keys()) if (!this.#published.has(key)) this.#published.set(key, timeline.now());
  }

  #sawRing(): void {
    const newest = [...this.#world.queue.messages.values()].at(-1);
    const bell = newest === undefined ? undefined : parseDoorbell(newest.body);
    if (bell !== undefined) this.rings.set(bell.jobId, (this.rings.get(bell.jobId) ?? 0) + 1);
  }

  #sawClaim(actor: Actor): void {
    const write = this.#lastWrite('claim');
    if (write === undefined) return;
    this.#attempts.set(actor, write.after.attempt);
    this.claims.set(`${write.id}#${write.after.generation}/${write.after.attempt}`, actor.startedAt);
  }

  #sawError(actor: Actor): void {
    const write = this.#lastWrite('close') ?? this.#lastWrite('finishError');
    if (write === undefined) return;
    this.#checkFile(actor, write);
    this.#world.onError(write.id);
  }

  /** The write that the call has just made, if it made one. */
  #lastWrite(name: string): Write | undefined {
    const write = this.#world.table.history.at(-1);
    return write?.name === name && write.at === this.#world.timeline.now() ? write : undefined;
  }

  /** Whoever ends a job looks for its file first; what was published before that look, it has to find. */
  #checkFile(actor: Actor, { id, before }: Write): void {
    if (before?.status !== 'processing') return;
    const key = reportKey(before);
    const object = this.#world.bucket.objects.get(key);
    if (object === undefined) return;
    const { jobId = '', generation, attempt, requestHash = '' } = object.metadata;
    const facts = { jobId, generation: Number(generation), attempt: Number(attempt), requestHash };
    if (committedReport(before, { ...facts, sizeBytes: object.bytes.byteLength }) === undefined) return;
    const isOwn = this.#attempts.get(actor) === facts.attempt;
    const isOld = (this.#published.get(key) ?? 0) < actor.startedAt;
    if (isOwn || isOld) this.falseErrors.push(id);
  }
}
