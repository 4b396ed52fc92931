import { AL, B, BN, FSI, INITIATORS, L, LRE, LRI, LRO, PDF, PDI, R, RLE, RLI, RLO } from './classes.ts';

/** The deepest level (UAX #9, BD2). */
const MAX_DEPTH = 125;

/** Of an isolate initiator that nothing closes, and of a PDI that closes nothing. */
export const UNMATCHED = -1;

/** Where the isolate that begins or ends at a place has its other end (BD9). */
export function isolatePairs(classes: Uint32Array): Int32Array {
  const pairs = new Int32Array(classes.length).fill(UNMATCHED);
  const open: number[] = [];
  for (let i = 0; i < classes.length; i += 1) {
    const own = classes[i] as number;
    if ((own & INITIATORS) !== 0) open.push(i);
    else if (own === PDI) {
      const start = open.pop();
      if (start === undefined) continue;
      pairs[start] = i;
      pairs[i] = start;
    }
  }
  return pairs;
}

/** The direction of the first strong character outside of isolates (P2, P3). @returns `undefined` where there is none */
export function firstStrong(classes: Uint32Array, pairs: Int32Array, start = 0): 0 | 1 | undefined {
  for (let i = start; i < classes.length; i += 1) {
    const own = classes[i] as number;
    if (own === L) return 0;
    if ((own & (R | AL)) !== 0) return 1;
    if (start > 0 && own === PDI && (pairs[i] as number) < start) return undefined;
    if ((own & INITIATORS) !== 0) {
      if (pairs[i] === UNMATCHED) return undefined;
      i = pairs[i] as number;
    }
  }
  return undefined;
}

interface Status {
  readonly level: number;
  /** The class that characters are given, or 0. */
  readonly override: number;
  readonly isolate: boolean;
}

/** Levels by explicit marks (X1 to X8). `classes` is changed where an override says so. */
export function explicitLevels(classes: Uint32Array, pairs: Int32Array, base: number): Uint8Array {
  const levels = new Uint8Array(classes.length);
  const state = new ExplicitState(base);
  for (let i = 0; i < classes.length; i += 1) {
    const own = classes[i] as number;
    if ((own & (LRE | RLE | LRO | RLO)) !== 0) {
      levels[i] = state.top.level;
      state.embed(own);
    } else if ((own & INITIATORS) !== 0) {
      levels[i] = state.top.level;
      if (state.top.override !== 0) classes[i] = state.top.override;
      const inside = own === FSI ? (firstStrong(classes, pairs, i + 1) === 1 ? RLI : LRI) : own;
      state.isolate(inside);
    } else if (own === PDI || own === PDF) {
      if (own === PDI) state.endIsolate();
      else state.endEmbedding();
      levels[i] = state.top.level;
      if (own === PDI && state.top.override !== 0) classes[i] = state.top.override;
    } else {
      levels[i] = own === B ? base : state.top.level;
      if (state.top.override !== 0 && (own & (B | BN)) === 0) classes[i] = state.top.override;
    }
  }
  return levels;
}

class ExplicitState {
  top: Status;
  readonly #below: Status[] = [];
  #overflowIsolates = 0;
  #overflowEmbeddings = 0;
  #isolates = 0;

  constructor(level: number) {
    this.top = { level, override: 0, isolate: false };
  }

  /** X2 to X5. */
  embed(own: number): void {
    const override = own === LRO ? L : own === RLO ? R : 0;
    if (this.#push(own === RLE || own === RLO, { override, isolate: false })) return;
    if (this.#overflowIsolates === 0) this.#overflowEmbeddings += 1;
  }

  /** X5a to X5c. */
  isolate(own: number): void {
    if (this.#push(own === RLI, { override: 0, isolate: true })) this.#isolates += 1;
    else this.#overflowIsolates += 1;
  }

  /** X6a. */
  endIsolate(): void {
    if (this.#overflowIsolates > 0) {
      this.#overflowIsolates -= 1;
      return;
    }
    if (this.#isolates === 0) return;
    this.#overflowEmbeddings = 0;
    while (!this.top.isolate) this.#pop();
    this.#pop();
    this.#isolates -= 1;
  }

  /** X7. */
  endEmbedding(): void {
    if (this.#overflowIsolates > 0) return;
    if (this.#overflowEmbeddings > 0) this.#overflowEmbeddings -= 1;
    else if (!this.top.isolate && this.#below.length > 0) this.#pop();
  }

  #push(rightToLeft: boolean, status: Omit<Status, 'level'>): boolean {
    const { level } = this.top;
    const next = level + ((level % 2 === 1) === rightToLeft ? 2 : 1);
    if (next > MAX_DEPTH || this.#overflowIsolates > 0 || this.#overflowEmbeddings > 0) return false;
    this.#below.push(this.top);
    this.top = { level: next, ...status };
    return true;
  }

  #pop(): void {
    this.top = this.#below.pop() as Status;
  }
}
