import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, Service } from './call.ts';
import { callerOf, kill } from './processes.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One call that is under way, as whoever stands in the middle sees it. */
export interface Exchange {
  readonly call: Call;
  /** Passes it on, and waits for the whole reply. */
  forward(): Promise<Reply>;
  /** Passes half of the body on and breaks the connection to the emulator. */
  forwardHalf(): Promise<void>;
  answer(reply: Reply): void;
  /** Answers with half of the body and breaks the connection to the caller. */
  answerHalf(reply: Reply): Promise<void>;
  /** Breaks the connection to the caller. */
  cut(): void;
}

export type Treatment = (exchange: Exchange) => Promise<void>;

export const pass: Treatment = async (exchange) => exchange.answer(await exchange.forward());

/** Nothing arrives, and the caller learns of it at once. */
export const refuse: Treatment = async (exchange) => exchange.cut();

/** The call takes effect, and the caller does not learn of it. */
export const loseReply: Treatment = async (exchange) => {
  await exchange.forward();
  exchange.cut();
};

export const cutRequest: Treatment = async (exchange) => {
  await exchange.forwardHalf();
  exchange.cut();
};

export const cutReply: Treatment = async (exchange) => exchange.answerHalf(await exchange.forward());

export const slow =
  (milliseconds: number): Treatment =>
  async (exchange) => {
    await sleep(milliseconds);
    await pass(exchange);
  };

/** What the service says when it has too much to do. */
export const throttle: Treatment = async (exchange) => exchange.answer(THROTTLED[exchange.call.service]);

/** Never answered, as long as the caller cares to wait. */
export const hold: Treatment = () => new Promise(() => {});

export const killBefore: Treatment = async (exchange) => {
  kill(callerOf(exchange.call));
  exchange.cut();
};

export const killAfter: Treatment = async (exchange) => {
  const pid = callerOf(exchange.call);
  await exchange.forward();
  kill(pid);
  exchange.cut();
};

const json = (name: string, type: string) => ({
  status: 400,
  headers: { 'content-type': type },
  body: Buffer.from(JSON.stringify({ __type: name, message: 'Too much to do.' })),
});

const THROTTLED: Record<Service, Reply> = {
  dynamodb: json(
    'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    'application/x-amz-json-1.0',
  ),
  sqs: json('com.amazonaws.sqs#RequestThrottled', 'application/x-amz-json-1.0'),
  s3: {
    status: 503,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from('<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>'),
  },
};
