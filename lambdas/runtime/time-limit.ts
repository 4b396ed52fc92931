import type { Context } from 'aws-lambda';
import { Outage } from '../domain/failures.ts';
import { deadlineOf } from './deadline.ts';
import { beginInvocation } from './observability.ts';

/** What a function needs to answer when its calls have ended. */
const MARGIN_SECONDS = 1;

/** Lambda gives an execution environment one invocation at a time. */
let limit = new AbortController().signal;

/**
 * Runs an invocation so that its calls end before Lambda ends it: a service that does not answer must leave the time to
 * say so. Only clients that are `limited` keep to it.
 */
export async function withinTime<T>(
  invocation: Pick<Context, 'getRemainingTimeInMillis'> & Partial<Pick<Context, 'awsRequestId'>>,
  run: () => Promise<T>,
): Promise<T> {
  const deadline = deadlineOf(invocation, MARGIN_SECONDS);
  limit = deadline.signal;
  beginInvocation({ invocationId: invocation.awsRequestId });
  try {
    return await run();
  } finally {
    deadline.clear();
  }
}

type Send = (call: object) => Promise<object>;

interface MiddlewareStack {
  add(middleware: (next: Send) => Send, options: { name: string; step: string }): void;
}

/** Makes a client give up where the time of the invocation is over: it throws an `Outage` then. */
export function limited<Client extends { readonly middlewareStack: object }>(client: Client): Client {
  // Each client types its stack by its own commands; this middleware looks at none.
  const stack = client.middlewareStack as MiddlewareStack;
  stack.add((next) => (call) => untilLimit(() => next(call)), { name: 'limited', step: 'initialize' });
  return client;
}

function untilLimit<T>(send: () => Promise<T>): Promise<T> {
  const signal = limit;
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(new Outage('A service has not answered within the time of the invocation.'));
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp);
    send()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}
