import { describe, expect, it } from 'vitest';
import { COMMON_ENVIRONMENT, ENVIRONMENT } from '../../../lambdas/contract.ts';
import { CONSTRUCT, FUNCTIONS, resource, resources, templateOf, text } from '../synthesis.ts';

const prod = templateOf('prod');

describe.each(FUNCTIONS)('%s', (name) => {
  const { Properties } = resource(prod, 'AWS::Lambda::Function', `${CONSTRUCT[name]}Function`);
  const variables: Record<string, string> = Properties.Environment.Variables;

  it('is given exactly the environment of the contract', () => {
    expect(Object.keys(variables).sort()).toEqual([...ENVIRONMENT[name], ...COMMON_ENVIRONMENT].sort());
  });

  it('is given whole seconds wherever the contract says so', () => {
    const seconds = Object.entries(variables).filter(([key]) => key.endsWith('_SECONDS'));
    expect(seconds.filter(([, value]) => !/^[1-9]\d*$/.test(value))).toEqual([]);
  });

  it('runs on Node 24, on arm64', () => {
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });

  it('keeps Powertools’ idempotency switched on', () => {
    expect(variables).not.toHaveProperty('POWERTOOLS_IDEMPOTENCY_DISABLED');
  });

  it('logs JSON to a group of its own, which forgets', () => {
    expect(Properties.LoggingConfig.LogFormat).toBe('JSON');
    const group = text(Properties.LoggingConfig.LogGroup).replace(/\$\{(\w+)\}/, '$1');
    const [, logs] = resources(prod, 'AWS::Logs::LogGroup').find(([id]) => id === group) ?? [];
    expect(logs?.Properties.RetentionInDays).toBe(90);
  });

  it('is traced', () => {
    expect(Properties.TracingConfig).toEqual({ Mode: 'Active' });
  });
});

describe.each(['local', 'prod'] as const)('the numbers of %s', (stage) => {
  const worker = resource(templateOf(stage), 'AWS::Lambda::Function', 'Worker').Properties;
  const number = (key: string) => Number(worker.Environment.Variables[key]);

  it('let a lease outlive the worker that holds it', () => {
    expect(number('LEASE_SECONDS')).toBeGreaterThan(worker.Timeout);
  });

  it('stop a report that takes too long before Lambda does', () => {
    expect(number('DEADLINE_MARGIN_SECONDS')).toBeLessThan(worker.Timeout);
  });

  it('remember what was done for longer than any message lives', () => {
    const { MessageRetentionPeriod } = resource(templateOf(stage), 'AWS::SQS::Queue', 'QueueDeadLetters').Properties;
    expect(number('IDEMPOTENCY_EXPIRY_SECONDS')).toBeGreaterThanOrEqual(MessageRetentionPeriod);
  });

  it('end the answer to a request before API Gateway gives up on it', () => {
    const timeouts = ['Enqueue', 'Status', 'Datasets'].map(
      (construct) => resource(templateOf(stage), 'AWS::Lambda::Function', construct).Properties.Timeout,
    );
    expect(Math.max(...timeouts)).toBeLessThan(29);
  });
});

describe('the sweeper', () => {
  it('is woken every minute', () => {
    expect(resource(prod, 'AWS::Events::Rule').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    });
  });

  it('ends before it is woken again', () => {
    expect(resource(prod, 'AWS::Lambda::Function', 'Sweeper').Properties.Timeout).toBeLessThan(60);
  });

  it('is not called again when it fails: the next minute is the retry', () => {
    expect(resource(prod, 'AWS::Lambda::EventInvokeConfig').Properties.MaximumRetryAttempts).toBe(0);
  });
});
