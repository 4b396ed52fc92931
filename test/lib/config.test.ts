import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import { chooseName } from '../../lib/settings.ts';
import { stackOf } from './synthesis.ts';

const configOf = (context: Readonly<Record<string, unknown>>) => readConfig((name) => context[name]);

describe('a stack is refused', () => {
  it.each([
    [{ stage: 'production' }, 'stage: "production"', 'local, dev, prod'],
    [{}, 'stage: undefined', 'local, dev, prod'],
    [{ stage: 'dev', auth: 'oauth' }, 'auth: "oauth"', 'iam, jwt, none'],
    [{ stage: 'dev', auth: 'jwt' }, 'jwtIssuer: ""', 'https addresses'],
    [{ stage: 'dev', auth: 'jwt', jwtIssuer: 'http://a.example' }, 'jwtIssuer: "http://a.example"', 'https addresses'],
    [{ stage: 'dev', auth: 'jwt', jwtIssuer: 'https://a.example' }, 'jwtAudience: ""', 'an audience for each'],
    [
      { stage: 'dev', auth: 'jwt', jwtIssuer: 'https://a.example,https://b.example', jwtAudience: 'a' },
      'jwtAudience: "a"',
      'an audience for each',
    ],
    [{ stage: 'prod', alarms: 'yes' }, 'alarms: "yes"', 'true, false'],
    [{ stage: 'prod', alarmEmail: 'nobody' }, 'alarmEmail: "nobody"', 'an address'],
    [{ stage: 'dev', auth: 'none' }, 'auth: "none"', 'iam, jwt on stage dev'],
    [{ stage: 'prod', auth: 'none' }, 'auth: "none"', 'iam, jwt on stage prod'],
    [{ stage: 'prod', workerTimeoutSeconds: '901' }, 'workerTimeoutSeconds: "901"', 'from 10 to 900'],
    [{ stage: 'prod', workerTimeoutSeconds: '5m' }, 'workerTimeoutSeconds: "5m"', 'a whole number'],
    [{ stage: 'prod', workerTimeoutSeconds: '' }, 'workerTimeoutSeconds: ""', 'a whole number'],
    [{ stage: 'prod', maxConcurrency: 1 }, 'maxConcurrency: 1', 'from 2 to 1000'],
    [{ stage: 'prod', linkSeconds: 86_400 }, 'linkSeconds: 86400', 'from 60 to 3600'],
    [{ stage: 'prod', datasetMaxMb: 6000 }, 'datasetMaxMb: 6000', 'from 1 to 5120'],
    [{ stage: 'prod', logRetentionDays: '10' }, 'logRetentionDays: 10', '1, 3, 5, 7, 14'],
    [{ stage: 'prod', jobRetentionDays: '17' }, 'jobRetentionDays: "17"', 'from 18 to 365'],
    [{ stage: 'prod', reportRetentionDays: '29' }, 'reportRetentionDays: 29', 'at most 28'],
    [{ stage: 'prod', reportRetentionDays: 26, queuedMaxAgeSeconds: 345_600 }, 'reportRetentionDays: 26', 'at most 25'],
    [{ stage: 'prod', deadlineMarginSeconds: '200' }, 'deadlineMarginSeconds: 200', 'half the worker'],
  ])('for %o, with the value and what is allowed', (context, value, allowed) => {
    expect(() => configOf(context)).toThrow(value);
    expect(() => configOf(context)).toThrow(allowed);
  });
});

describe('the name of a stack', () => {
  const named = (name: unknown) => chooseName(() => name, 'dev');

  it('is made of the stage, or chosen', () => {
    expect(named(undefined)).toBe('Quire-dev');
    expect(named('Quire-dev-anna')).toBe('Quire-dev-anna');
  });

  it.each(['', '1st', 'a b', 'ä', 'x'.repeat(61), 7])('cannot be %j', (name) => {
    expect(() => named(name)).toThrow(/name: .*a letter first/);
  });
});

describe('a stage', () => {
  it('takes settings from the context, as text or as numbers', () => {
    expect(configOf({ stage: 'prod', workerTimeoutSeconds: '600' }).worker.timeout).toBe(600);
    expect(configOf({ stage: 'prod', workerTimeoutSeconds: 600 }).worker.timeout).toBe(600);
  });

  it.each(['dev', 'prod'])('that is deployed asks who is calling: %s', (stage) => {
    expect(configOf({ stage }).auth).toBe('iam');
  });

  it('that asks nobody is bound to the emulators’ account, which nobody owns', () => {
    expect(configOf({ stage: 'local' })).toMatchObject({ auth: 'none', home: { account: '000000000000' } });
  });
});

describe('whatever the worker’s timeout', () => {
  const stages = fc.constantFrom('local', 'dev', 'prod');
  const timeouts = fc.integer({ min: 60, max: 900 });
  const holds = (fact: (config: ReturnType<typeof configOf>) => boolean) =>
    fc.assert(
      fc.property(stages, timeouts, (stage, workerTimeoutSeconds) => fact(configOf({ stage, workerTimeoutSeconds }))),
    );

  it('a message is hidden for six of them, within the twelve hours that SQS allows', () => {
    holds(({ queue, worker }) => queue.visibility === 6 * worker.timeout && queue.visibility <= 12 * 3600);
  });

  it('a lease outlives it', () => {
    holds(({ worker }) => worker.lease > worker.timeout);
  });

  it('a job is attempted less often than its message is received', () => {
    holds(({ worker, queue }) => worker.attempts < queue.receives);
  });

  it('the longest back-off ends before the message would come back by itself', () => {
    fc.assert(
      fc.property(fc.constantFrom('dev', 'prod'), fc.integer({ min: 150, max: 900 }), (stage, workerTimeoutSeconds) => {
        const { worker, queue } = configOf({ stage, workerTimeoutSeconds });
        return worker.backOffCap <= queue.visibility;
      }),
    );
  });
});

describe('what Powertools remembers', () => {
  const shortest = { jobRetentionDays: 18, queuedMaxAgeSeconds: 4 * 86_400 };

  it.each([{ stage: 'local' }, { stage: 'dev' }, { stage: 'prod' }, { stage: 'dev', ...shortest }])(
    'is forgotten before its row is gone, however late the work began, and outlives every message: %j',
    (context) => {
      const { worker, queuedMaxAgeSeconds, retention, queue } = configOf(context);
      expect(queuedMaxAgeSeconds + worker.idempotencyExpiry).toBeLessThanOrEqual(retention.job);
      expect(worker.idempotencyExpiry).toBeGreaterThanOrEqual(queue.deadLetterRetention);
    },
  );
});

it('prod is protected against deletion by hand, dev is not', () => {
  expect(stackOf({ stage: 'prod' }).stack.terminationProtection).toBe(true);
  expect(stackOf({ stage: 'dev' }).stack.terminationProtection).toBe(false);
});
