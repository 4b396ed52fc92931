import { type App, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stackOf } from './synthesis.ts';

/** Warnings count as errors. */
const STRICT = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/core:strictCfnValidateErrors': true,
};

describe('the rules of AWS Solutions', { timeout: 120_000 }, () => {
  it.each(['dev', 'prod'])('find nothing in %s that is not acknowledged with a reason', (stage) => {
    expect(() => nag(stackOf({ stage }).app)).not.toThrow();
  });

  it('are applied: a queue without encryption, TLS and dead letters is found', () => {
    const { app, stack } = stackOf({ stage: 'prod' });
    new Queue(stack, 'Careless');
    expect(() => nag(app)).toThrow(/AwsSolutions-SQS3/);
  });

  function nag(app: App): void {
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    app.synth();
  }
});

describe('the rules of CloudFormation', { timeout: 120_000 }, () => {
  it('find nothing in prod', () => {
    expect(() => validate(stackOf({ stage: 'prod', ...STRICT }).app)).not.toThrow();
  });

  it('are applied: a queue that keeps messages for a year is found', () => {
    const { app, stack } = stackOf({ stage: 'prod', ...STRICT });
    new CfnQueue(stack, 'Hoarding', { messageRetentionPeriod: 365 * 86_400 });
    expect(() => validate(app)).toThrow(/Hoarding/);
  });

  function validate(app: App): void {
    Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
    app.synth();
  }
});
