import { describe, expect, it } from 'vitest';
import { eventually, withEnvironment } from '../../support/faults.ts';
import { api } from '../../support/target.ts';
import { smallRequest } from '../requests.ts';
import { callerOf, isRunning } from './support/processes.ts';
import { aKey, giveUpOn, useFaultProxy } from './support/scene.ts';
import { inLanes } from './support/settled.ts';

/** Enough for the function itself and for a small report, and not for so many rows. */
const HEAP_MB = 32;
const ROWS = 400_000;
const tooMuch = {
  format: 'xlsx',
  title: 'Counters',
  columns: [{ key: 'n', label: 'Count', type: 'integer' }],
  rows: Array.from({ length: ROWS }, (_, n) => [n % 10]),
};

describe('R7: a job that needs more memory than there is', () => {
  const proxy = useFaultProxy();

  it('ends in error after three attempts, while twenty jobs beside it end done', async () => {
    const limits = () => ({ NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` });
    const large = aKey();
    const small = Array.from({ length: 20 }, aKey);
    const workers: number[] = [];
    proxy().when((call) => {
      if (call.step === 'load' && call.subject === large.id) workers.push(callerOf(call));
      return undefined;
    });
    const [ended, ...neighbours] = await withEnvironment('WorkerFunction', limits, async () => {
      await api.generate(tooMuch, large.headers);
      await inLanes(small, 4, ({ headers }) => api.generate(smallRequest('xlsx'), headers));
      for (const attempt of [0, 1, 2]) {
        await eventually(async () => workers.length > attempt && workers.every((pid) => !isRunning(pid)), 60_000);
        await giveUpOn(large.id);
      }
      return inLanes([large, ...small], 4, ({ id }) => api.ended(id, { pollMs: 500 }));
    });
    const error = { code: 'WORKER_LOST', retryable: true };
    expect(ended).toMatchObject({ status: 'error', attempt: 3, report: null, error });
    expect(neighbours.map(({ status }) => status)).toEqual(Array(20).fill('done'));
  });
});
