import type { JobMessage } from './job.ts';

/** One try to tell a receiver that a job has ended. */
export interface CallbackPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of it. Details are for the log and the operator: a sentence without addresses or names. */
export type CallbackAnswer =
  /** The receiver answered; `retryAfter` in seconds where it asked for time. */
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter?: number }
  /** No answer came: no connection, no valid certificate, no time left. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** Nothing was sent, because the address is not one to send to. */
  | { readonly kind: 'refused'; readonly detail: string };

/** Posts a callback to its receiver; never throws for what the receiver does. */
export interface CallbackSender {
  post(callback: CallbackPost): Promise<CallbackAnswer>;
}

export type CallbackState = 'pending' | 'delivered' | 'failed';

/** What one try, or the lack of further ones, makes of a callback. */
export interface CallbackOutcome {
  readonly state: CallbackState;
  readonly status: number | null;
  /** Epoch milliseconds of the next try, while there is to be one. */
  readonly sweepAt?: number;
}

/** The queue of callbacks to be sent, and the one where those end that nobody took. */
export interface CallbackQueue {
  /** @param delay seconds, at most 900 */
  send(message: JobMessage, delay?: number): Promise<void>;
}

/** The master secrets in force, the newest first; two for a day after a rotation. */
export interface CallbackSecrets {
  masters(): Promise<readonly Uint8Array[]>;
}
