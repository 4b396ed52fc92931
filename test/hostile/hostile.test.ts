import { describe, expect, it } from 'vitest';
import { attack, type Outcome, requestsOf } from './attack.ts';
import { KINDS } from './requests.ts';

/** `npm run hostile` makes three hundred; here it is one of each kind. */
const SEED = 2;

describe('a request that is made to hurt, before a process with the memory of a worker,', () => {
  it('ends as done or with a code of its own, in time, and the process lives', async () => {
    const requests = requestsOf(SEED, Object.keys(KINDS).length);
    const outcomes: Outcome[] = [];
    for await (const outcome of attack(requests)) outcomes.push(outcome);
    expect(outcomes).toHaveLength(requests.length);
    const failed = outcomes.filter(({ fault }) => fault !== undefined);
    expect(failed.map(({ name, fault, answer }) => ({ name, fault, causes: answer?.causes }))).toEqual([]);
    // Most of them are taken, and reports come of them: what is refused at once shows nothing of the engines.
    expect(outcomes.filter(({ answer }) => answer?.ended === 'done').length).toBeGreaterThan(requests.length / 2);
  }, 900_000);
});
