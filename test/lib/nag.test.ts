import { type App, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stackOf } from './synthesis.ts';

function check(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

describe('the rules of AWS Solutions', { timeout: 120_000 }, () => {
  it.each(['dev', 'prod'])('find nothing in %s that is not acknowledged with a reason', (stage) => {
    expect(() => check(stackOf({ stage }).app)).not.toThrow();
  });

  it('are applied: a queue without encryption, TLS and dead letters is found', () => {
    const { app, stack } = stackOf({ stage: 'prod' });
    new Queue(stack, 'Careless');
    expect(() => check(app)).toThrow(/AwsSolutions-SQS3/);
  });
});
