import { describe, expect, it } from 'vitest';
import { withEnvironment } from '../../support/faults.ts';
import { api } from '../../support/target.ts';
import { aKey, useFaultProxy } from './support/scene.ts';

/** Of the worker's ten seconds: four are left for the report, in which it tells of itself at least once. */
const MARGIN_SECONDS = 6;
/** As much as fits into a body. On any machine they take a PDF well over four seconds, in which it only computes. */
const ROWS = 900_000;
const busy = {
  format: 'pdf',
  title: 'Zeros',
  columns: [{ key: 'n', type: 'integer' }],
  rows: Array(ROWS).fill([0]),
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
