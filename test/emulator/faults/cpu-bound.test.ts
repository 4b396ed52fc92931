import { describe, expect, it } from 'vitest';
import { withEnvironment } from '../../support/faults.ts';
import { api } from '../../support/target.ts';
import { aKey, useFaultProxy } from './support/scene.ts';

/** Of the worker's ten seconds: four are left for the report, in which it tells of itself at least once. */
const MARGIN_SECONDS = 6;
const ROWS = 250_000;
const LETTERS = [...'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'];

/** A word of letters that join, another one in each row: each has to be shaped, which takes more than twice the time there is. */
const word = (i: number): string =>
  Array.from({ length: 4 }, (_, k) => LETTERS[Math.floor((i * 7919) / LETTERS.length ** k) % LETTERS.length]).join('');

const busy = {
  format: 'pdf',
  title: 'Words',
  columns: [{ key: 'word' }],
  rows: Array.from({ length: ROWS }, (_, i) => [word(i)]),
};

describe('a report that computes for longer than there is time', () => {
  const proxy = useFaultProxy();

  it('ends as too large at its first attempt, by the own hand of its worker, which told of itself meanwhile', async () => {
    const { id, headers } = aKey();
    const margin = () => ({ DEADLINE_MARGIN_SECONDS: String(MARGIN_SECONDS) });
    const ended = await withEnvironment('WorkerFunction', margin, async () => {
      await api.generate(busy, headers);
      return api.ended(id, { pollMs: 500 });
    });
    const error = { code: 'TOO_LARGE', retryable: false };
    expect(ended).toMatchObject({ status: 'error', attempt: 1, report: null, error });
    const heartbeats = proxy().calls.filter(({ step, subject }) => step === 'heartbeat' && subject === id);
    expect(heartbeats.length).toBeGreaterThan(0);
  });
});
