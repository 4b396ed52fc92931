import type { Job } from '../../../lambdas/domain/job.ts';
import { parseMessage } from '../../../lambdas/domain/job-message.ts';
import { reportKey } from '../../../lambdas/domain/keys.ts';
import { committedReport } from '../../../lambdas/rescue/converge.ts';
import type { Write } from '../../support/memory/job-table.ts';
import type { Party } from './party.ts';
import type { FaultKind } from './scenario.ts';
import type { World } from './world.ts';

/** One effect of one call. */
interface Sight {
  readonly party: Party;
  readonly operation: string;
  readonly fault: FaultKind | undefined;
  readonly result: unknown;
  /** What it wrote to the table, if it did. */
  readonly write: Write | undefined;
}

/** Writes that belong to whoever holds the claim. */
const FENCED = new Set([
  'heartbeat',
  'stage',
  'giveBack',
  'giveBackUncounted',
  'finishDone',
  'finishValidated',
  'finishError',
  'finishCancelled',
]);

/** Without an answer to one of these, a worker whose job was cancelled over its head cannot know, or cannot clear up. */
const CLEARING = new Set(['jobs.finishDone', 'jobs.giveBack', 'jobs.giveBackUncounted', 'reports.remove']);

/** Remembers, of what happens, what the state that is left at the end no longer tells. */
export class Witness {
  /** Uploads that may stay open until the lifecycle rule comes: whoever could have ended them was cut off. */
  readonly excusedUploads = new Set<string>();
  /** Messages that were sent for each job, without those that the queue made itself. */
  readonly sends = new Map<string, number>();
  /** Jobs that were ended as error, or cancelled, over a finished file which whoever ended them could have seen. */
  readonly falseEnds: string[] = [];
  /** Writes of attempts that another one had overtaken. */
  readonly overtaken: string[] = [];
  /** When the invocation began that made each claim: `id#generation/attempt`. */
  readonly claims = new Map<string, number>();
  readonly #world: World;
  readonly #uploadsOf = new Map<Party, Set<string>>();
  /** Reports of cancelled jobs that the lifecycle rule has to remove, for the same reason. */
  readonly excusedReports = new Set<string>();
  readonly #reportsOf = new Map<Party, Set<string>>();
  /** Who has taken back what it had published, or might have. */
  readonly #cleared = new Set<Party>();
  /** When each report was published. */
  readonly #published = new Map<string, number>();
  /** Which claim each party holds or held: `id#generation/attempt`. */
  readonly #held = new Map<Party, string>();

  constructor(world: World) {
    this.#world = world;
  }

  saw({ party, operation, fault, result, write }: Sight): void {
    if (operation === 'reports.begin') this.#sawBegin(party, String(result), fault);
    if (operation === 'reports.put' || operation === 'reports.complete') this.#sawCommit(party);
    if (operation === 'reports.remove') this.#cleared.add(party);
    if (operation === 'queue.send') this.#sawSend();
    if (write !== undefined) this.#sawWrite(party, write);
  }

  sawDeath(actor: Party): void {
    for (const upload of this.#uploadsOf.get(actor) ?? []) this.excusedUploads.add(upload);
    for (const key of this.#reportsOf.get(actor) ?? []) this.excusedReports.add(key);
  }

  /** An abort that was refused, or a beginning whose name nobody was told: the adapter cannot do more than try. */
  sawFailure(actor: Party, operation: string, how: 'refused' | 'not answered'): void {
    const isNameless = operation === 'reports.begin' && how === 'not answered';
    if (operation === 'reports.abort' || isNameless || CLEARING.has(operation)) this.sawDeath(actor);
  }

  #sawBegin(actor: Party, uploadId: string, fault: FaultKind | undefined): void {
    const known = this.#uploadsOf.get(actor) ?? new Set();
    this.#uploadsOf.set(actor, known.add(uploadId));
    // Asked for twice, or never answered: nobody knows the name of the first.
    if (fault === 'doubled' || fault === 'lostReply') this.excusedUploads.add(uploadId);
  }

  #sawCommit(party: Party): void {
    const { bucket, timeline } = this.#world;
    for (const key of bucket.objects.keys()) {
      if (this.#published.has(key)) continue;
      this.#published.set(key, timeline.now());
      if (key.startsWith('reports/')) this.#sawPublished(party, key);
    }
  }

  #sawPublished(party: Party, key: string): void {
    this.#reportsOf.set(party, (this.#reportsOf.get(party) ?? new Set()).add(key));
    // A request that its sender had given up can still be carried out; whoever has cleared up or answered is not told.
    const isTooLate = !party.isAlive || party.isOver || this.#cleared.has(party);
    if (isTooLate) this.excusedReports.add(key);
  }

  #sawSend(): void {
    const newest = [...this.#world.queue.messages.values()].at(-1);
    const message = newest === undefined ? undefined : parseMessage(newest.body);
    if (message !== undefined) this.sends.set(message.jobId, (this.sends.get(message.jobId) ?? 0) + 1);
  }

  #sawWrite(party: Party, write: Write): void {
    const { name, before, after } = write;
    if (name === 'claim') {
      this.#held.set(party, claimOf(after));
      this.claims.set(claimOf(after), party.startedAt);
    }
    if (FENCED.has(name) && before !== undefined && this.#held.get(party) !== claimOf(before)) {
      this.overtaken.push(`${claimOf(before)} by ${name} of ${this.#held.get(party)}`);
    }
    if (after.status !== 'error' && after.status !== 'cancelled') return;
    this.#checkFile(party, write);
    if (after.status === 'error') this.#world.onError(after.id);
  }

  /** Whoever ends a job looks for its file first; what was published before that look, it has to find. */
  #checkFile(party: Party, { id, before }: Write): void {
    if (before?.status !== 'processing') return;
    const key = reportKey(before);
    const object = this.#world.bucket.objects.get(key);
    if (object === undefined) return;
    const { jobId = '', generation, attempt, requestHash = '' } = object.metadata;
    const facts = { jobId, generation: Number(generation), attempt: Number(attempt), requestHash };
    if (committedReport(before, { ...facts, sizeBytes: object.bytes.byteLength }) === undefined) return;
    const isOwn = this.#held.get(party) === claimOf({ ...before, attempt: facts.attempt });
    const isOld = (this.#published.get(key) ?? 0) < party.startedAt;
    if (isOwn || isOld) this.falseEnds.push(id);
  }
}

/** Names one attempt among all. */
export function claimOf({ id, generation, attempt }: Pick<Job, 'id' | 'generation' | 'attempt'>): string {
  return `${id}#${generation}/${attempt}`;
}
