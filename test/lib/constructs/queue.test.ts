import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { resource, templateOf, text } from '../synthesis.ts';

describe.each(['local', 'dev', 'prod'] as const)('the queues of %s', (stage) => {
  const template = templateOf(stage);
  const jobs = resource(template, 'AWS::SQS::Queue', 'QueueJobs').Properties;
  const deadLetters = resource(template, 'AWS::SQS::Queue', 'QueueDeadLetters').Properties;
  const worker = resource(template, 'AWS::Lambda::Function', 'Worker').Properties;
  const deadLetter = resource(template, 'AWS::Lambda::Function', 'DeadLetter').Properties;

  it('move what was received too often to the dead-letter queue', () => {
    expect(text(jobs.RedrivePolicy.deadLetterTargetArn)).toMatch(/^\$\{QueueDeadLetters\w+\.Arn\}$/);
  });

  it('are received more often than a job is attempted', () => {
    expect(jobs.RedrivePolicy.maxReceiveCount).toBeGreaterThan(Number(worker.Environment.Variables.MAX_ATTEMPTS));
    expect(jobs.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
  });

  it('hide a message for six timeouts of the function that takes it', () => {
    expect(jobs.VisibilityTimeout).toBeGreaterThanOrEqual(6 * worker.Timeout);
    expect(deadLetters.VisibilityTimeout).toBeGreaterThanOrEqual(6 * deadLetter.Timeout);
  });

  it('let only the job queue send its dead letters there', () => {
    const { redrivePermission, sourceQueueArns } = deadLetters.RedriveAllowPolicy;
    expect(redrivePermission).toBe('byQueue');
    expect(sourceQueueArns.map(text)).toEqual([expect.stringMatching(new RegExp(`:${jobs.QueueName}$`))]);
  });

  it('keep dead letters for the 14 days that SQS can', () => {
    expect(deadLetters.MessageRetentionPeriod).toBe(14 * 86_400);
    expect(jobs.MessageRetentionPeriod).toBe(4 * 86_400);
  });

  it('are encrypted', () => {
    expect([jobs.SqsManagedSseEnabled, deadLetters.SqsManagedSseEnabled]).toEqual([true, true]);
  });

  it('refuse what does not come over TLS', () => {
    template.resourcePropertiesCountIs(
      'AWS::SQS::QueuePolicy',
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          ]),
        },
      },
      4,
    );
  });
});

describe.each([
  ['Worker', 'QueueJobs'],
  ['DeadLetter', 'QueueDeadLetters'],
])('%s', (construct, queue) => {
  const mapping = resource(templateOf('prod'), 'AWS::Lambda::EventSourceMapping', construct).Properties;

  it(`takes its messages from ${queue}, one at a time`, () => {
    expect(text(mapping.EventSourceArn)).toContain(queue);
    expect(mapping.BatchSize).toBe(1);
  });

  it('reports which message failed', () => {
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('is given every message: a filter would delete what it does not match', () => {
    expect(mapping.FilterCriteria).toBeUndefined();
  });
});

it('what is reserved for the worker holds all that the queue may start', () => {
  const prod = templateOf('prod');
  const { MaximumConcurrency } = resource(prod, 'AWS::Lambda::EventSourceMapping', 'Worker').Properties.ScalingConfig;
  const reserved = resource(prod, 'AWS::Lambda::Function', 'Worker').Properties.ReservedConcurrentExecutions;
  expect(reserved).toBeGreaterThanOrEqual(MaximumConcurrency);
});

it.each(['local', 'dev'] as const)('%s reserves nothing, so that it fits into a new account', (stage) => {
  const functions = Object.values(templateOf(stage).findResources('AWS::Lambda::Function'));
  expect(functions.map(({ Properties }) => Properties.ReservedConcurrentExecutions).filter(Boolean)).toEqual([]);
});
