import { SETTINGS } from '../../support/settings.ts';

/** What can become of one call. */
export type FaultKind = 'refused' | 'lostReply' | 'doubled' | 'conflict';

/** What goes wrong, as probabilities per call of a service, per message or per actor. */
export interface Faults {
  /** The actor ends at this call and never knows it: half of them before the effect, half after. */
  readonly crash: number;
  /** The service refuses: throttled, 500, unreachable. */
  readonly refused: number;
  /** The effect happens, and the caller is told that it failed. */
  readonly lostReply: number;
  /** The reply is lost and the SDK tries again by itself: the effect is asked for twice. */
  readonly doubled: number;
  /** S3 answers a commit with 409: begin anew. */
  readonly conflict: number;
  /** Seconds instead of milliseconds. */
  readonly slow: number;
  /** The actor stops for longer than its lease, and goes on as if nothing had been. */
  readonly freeze: number;
  /** A message is there 2 to 5 times. */
  readonly duplicate: number;
  /** A message disappears. */
  readonly vanish: number;
  /** A stranger's message comes into the queue with a send. */
  readonly junk: number;
  /** The bytes of a dataset end before they should. */
  readonly cutShort: number;
  /** A row cannot be rendered this time. */
  readonly stumble: number;
  /** Lambda brings one receipt to two invocations. */
  readonly twin: number;
  /** Writes by which the sweep index may lag behind the table. */
  readonly lag: number;
  /** Seconds by which the clock of an actor may be wrong, either way. */
  readonly skew: number;
}

export const NO_FAULTS: Faults = {
  crash: 0,
  refused: 0,
  lostReply: 0,
  doubled: 0,
  conflict: 0,
  slow: 0,
  freeze: 0,
  duplicate: 0,
  vanish: 0,
  junk: 0,
  cutShort: 0,
  stumble: 0,
  twin: 0,
  lag: 0,
  skew: 0,
};

/** Seconds after the last fault within which every accepted job is terminal, the backlog not counted. */
export const PROMISE = 3 * SETTINGS.workerTimeout + 300;

/** A point in a run: the n-th way of an actor. */
export interface Mark {
  readonly actor: string;
  readonly at: number;
}

/** A time in which some calls are not as they should be; in seconds, from the start of the run. */
export interface Span {
  readonly operations: RegExp;
  readonly from: number;
  readonly seconds: number;
}

export interface Outage extends Span {
  readonly kind: 'refused' | 'lostReply';
}

export interface Scenario {
  readonly seed: number;
  readonly jobs: number;
  /** Seconds over which the requests arrive and the faults happen. */
  readonly stormSeconds: number;
  /** Workers at a time. */
  readonly workers: number;
  readonly rows: readonly [least: number, most: number];
  /** Milliseconds that a row takes. */
  readonly rowMilliseconds: readonly [least: number, most: number];
  readonly faults: Faults;
  /** Probability that a POST is sent several times at once under its key, and that a second body comes under it. */
  readonly repeat: number;
  /** Probability that the headers of a POST say what is not so. */
  readonly lies: number;
  /** Probability that an operator redrives a job that ended as error. */
  readonly redrive: number;
  /** Probability that a client wants its report no more, at some time. */
  readonly cancel: number;
  /** Probability that a request is one that cannot go well. */
  readonly hopeless: number;
  /** Probability that a request is too large for the row. */
  readonly large: number;
  /** Probability that the rows of a request were uploaded beforehand. */
  readonly uploads: number;
  /** Probability that such rows are replaced or removed at some time of the storm. */
  readonly tampered: number;
  /** Probability that uploaded rows hold cells that are no values of their column. */
  readonly badCells: number;
  /** Probability that a request asks for nothing but what is wrong with its rows. */
  readonly validate: number;
  /** Rounds of the sweeper that start together. */
  readonly sweepers: number;
  /** How often a client posts until it gives up. */
  readonly tries: number;
  /** Ends these actors at exactly this way: counted over an actor's calls, two for each. */
  readonly kills?: readonly Mark[];
  /** Stops these actors there for so many seconds. */
  readonly freezes?: readonly (Mark & { readonly seconds: number })[];
  /** Befalls every call of these operations during the storm. */
  readonly outage?: { readonly operations: RegExp; readonly kind: FaultKind };
  /** Services that are away for a while: they refuse every call, or carry it out and do not answer. */
  readonly outages?: readonly Outage[];
  /** Services that take so many seconds to answer; whoever has less patience is told nothing. */
  readonly slow?: readonly (Span & { readonly takes: readonly [least: number, most: number] })[];
  /** Decides call by call, for tests that tell one story; `undefined` leaves the call to the dice. */
  readonly script?: (actor: string, operation: string) => FaultKind | undefined;
  readonly trace?: boolean;
}

export const CALM: Scenario = {
  seed: 1,
  jobs: 3,
  stormSeconds: 60,
  workers: 3,
  rows: [0, 12],
  rowMilliseconds: [50, 4000],
  faults: NO_FAULTS,
  repeat: 0,
  lies: 0,
  redrive: 0,
  cancel: 0,
  hopeless: 0,
  large: 0,
  uploads: 0,
  tampered: 0,
  badCells: 0,
  validate: 0,
  sweepers: 1,
  tries: 8,
};
