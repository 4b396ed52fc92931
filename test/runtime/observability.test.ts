import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginInvocation, knownOfInvocation, log } from '../../lambdas/runtime/observability.ts';

let lines: string[];
beforeEach(() => {
  lines = [];
  vi.stubEnv('SERVICE', 'Quire-test');
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  beginInvocation({});
});

const last = () => JSON.parse(lines.at(-1) ?? '');

it('a line bears the names of its invocation, and none of the one before', () => {
  beginInvocation({ invocationId: 'first' });
  knownOfInvocation({ requestId: 'call-1' });
  log.info('accepted', { jobId: 'j' });
  expect(last()).toMatchObject({ level: 'INFO', event: 'accepted', invocationId: 'first', requestId: 'call-1' });
  beginInvocation({ invocationId: 'second' });
  log.error('broken', { jobId: 'j' }, new Error('why'));
  expect(last()).toMatchObject({ invocationId: 'second', jobId: 'j', error: { message: 'why' } });
  expect(last()).not.toHaveProperty('requestId');
});

it('a line that counts is a metric in the embedded format, one line long', () => {
  log.measure('finished', { jobId: 'j' }, { Done: 1, Rows: 7, RenderSeconds: 0.25 });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
  expect(last()).toMatchObject({ event: 'finished', jobId: 'j', Service: 'Quire-test', Done: 1, RenderSeconds: 0.25 });
  expect(last()._aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'Quire',
      Dimensions: [['Service']],
      Metrics: [
        { Name: 'Done', Unit: 'Count' },
        { Name: 'Rows', Unit: 'Count' },
        { Name: 'RenderSeconds', Unit: 'Seconds' },
      ],
    },
  ]);
  expect(Math.abs(last()._aws.Timestamp - Date.parse(last().timestamp))).toBeLessThan(60_000);
});

it('a failure is counted by its code as well, and nothing else is', () => {
  log.measure('finished', { code: 'INTERNAL' }, { Failed: 1, Faults: 1 });
  expect(last().code).toBe('INTERNAL');
  expect(last()._aws.CloudWatchMetrics[1]).toEqual({
    Namespace: 'Quire',
    Dimensions: [['Service', 'code']],
    Metrics: [{ Name: 'Failed', Unit: 'Count' }],
  });
});

it('a line that counts nothing is an ordinary line', () => {
  log.measure('claimed', { attempt: 2 }, {});
  expect(last()).not.toHaveProperty('_aws');
});
