import type { CallbackQueue } from '../../../lambdas/domain/callback.ts';
import type { JobMessage } from '../../../lambdas/domain/job.ts';
import { type Gate, open } from './gate.ts';

/** Messages for callbacks, as they were sent; nobody takes them but the test. */
export class MemoryCallbackQueue implements CallbackQueue {
  readonly sent: (JobMessage & { readonly delay: number })[];
  readonly #gate: Gate;
  readonly #name: string;

  constructor(gate: Gate = open, sent: (JobMessage & { readonly delay: number })[] = [], name = 'callbacks') {
    this.#gate = gate;
    this.sent = sent;
    this.#name = name;
  }

  async send(message: JobMessage, delay = 0): Promise<void> {
    await this.#gate(`${this.#name}.send`, () => this.sent.push({ ...message, delay }));
  }
}
