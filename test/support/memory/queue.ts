import type { JobMessage } from '../../../lambdas/domain/job.ts';
import type { Clock, Delivery, JobQueue } from '../../../lambdas/domain/ports.ts';
import { type Gate, open } from './gate.ts';

/** SQS's limit. */
const BODY_LIMIT_BYTES = 1024 * 1024;
const GROUP = /^[\x21-\x7e]{1,128}$/;

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: string;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
  /** Of the latest receipt; older ones have no power over the message. */
  receipt: string | undefined;
}

export interface Received {
  readonly messageId: string;
  readonly body: string;
  readonly receiptHandle: string;
  readonly receives: number;
}

export interface QueueOptions {
  /** Seconds for which a received message stays hidden. */
  readonly visibility: number;
  readonly redrive?: { readonly maxReceives: number; readonly to: MemoryQueue };
}

/** A standard queue: at least once, in no order, with receive counts and a way out for what fails too often. */
export class MemoryQueue {
  readonly messages = new Map<string, Message>();
  /** Every message that was ever sent. */
  sent = 0;
  readonly #clock: Clock;
  readonly #options: QueueOptions;
  #receipts = 0;

  constructor(clock: Clock, options: QueueOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  send(body: string, group = 'none', delaySeconds = 0): Message {
    if (Buffer.byteLength(body) > BODY_LIMIT_BYTES) throw new Error('InvalidParameterValue: the message is too long');
    if (!GROUP.test(group)) throw new Error('InvalidParameterValue: MessageGroupId');
    this.sent += 1;
    const now = this.#clock.now();
    return this.#add({ id: `m${this.sent}`, body, group, sentAt: now, visibleAt: now + delaySeconds * 1000 });
  }

  visible(): Message[] {
    const now = this.#clock.now();
    return [...this.messages.values()].filter((message) => message.visibleAt <= now);
  }

  /** When the next message can be received; `Infinity` when there is none at all. */
  nextVisibleAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { visibleAt } of this.messages.values()) if (visibleAt < next) next = visibleAt;
    return next;
  }

  /** Receives one visible message, which is hidden from then on; the oldest, unless one is chosen. */
  receive(chosen?: Message): Received | undefined {
    const message = chosen ?? this.visible()[0];
    if (message === undefined || !this.messages.has(message.id)) return undefined;
    const { redrive, visibility } = this.#options;
    if (redrive !== undefined && message.receives >= redrive.maxReceives) {
      this.messages.delete(message.id);
      redrive.to.#add({ ...message, visibleAt: this.#clock.now() });
      return undefined;
    }
    this.#receipts += 1;
    message.receives += 1;
    message.visibleAt = this.#clock.now() + visibility * 1000;
    message.receipt = `${message.id}/${this.#receipts}`;
    return { messageId: message.id, body: message.body, receiptHandle: message.receipt, receives: message.receives };
  }

  delete(receiptHandle: string): void {
    const message = this.#of(receiptHandle);
    if (message !== undefined) this.messages.delete(message.id);
  }

  /** @throws Error when the message is not in flight, or was received by somebody else since. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#of(receiptHandle);
    const now = this.#clock.now();
    if (message === undefined || message.visibleAt <= now) throw new Error('MessageNotInflight');
    message.visibleAt = now + seconds * 1000;
  }

  #of(receiptHandle: string): Message | undefined {
    const message = this.messages.get(receiptHandle.split('/')[0] ?? '');
    return message?.receipt === receiptHandle ? message : undefined;
  }

  #add(message: Omit<Message, 'receives' | 'receipt'>): Message {
    const added = { ...message, receives: 0, receipt: undefined };
    this.messages.set(added.id, added);
    return added;
  }
}

export class MemoryJobQueue implements JobQueue {
  readonly #queue: MemoryQueue;
  readonly #gate: Gate;

  constructor(queue: MemoryQueue, gate: Gate = open) {
    this.#queue = queue;
    this.#gate = gate;
  }

  async send(message: JobMessage, group: string): Promise<void> {
    await this.#gate('queue.send', () => this.#queue.send(JSON.stringify(message), group));
  }

  /** @param id of the invocation that was given the message */
  delivery({ body, receiptHandle, receives }: Received, id: string): Delivery {
    const change = (seconds: number) => () => this.#queue.changeVisibility(receiptHandle, Math.ceil(seconds));
    return { body, id, receives, returnAfter: (seconds) => this.#gate('queue.return', change(seconds)) };
  }
}
