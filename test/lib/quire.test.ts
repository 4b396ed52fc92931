import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { configFor } from '../../lib/config.ts';
import { Quire } from '../../lib/quire.ts';
import { INLINE_BUNDLES as bundles, FUNCTIONS, resources, text } from './synthesis.ts';

function stackWith(...ids: string[]): { app: App; stack: Stack; services: Quire[] } {
  const app = new App({ context: cdk.context, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Theirs');
  const config = configFor('prod', { workerMemoryMb: 3008 });
  return { app, stack, services: ids.map((id) => new Quire(stack, id, { config, bundles })) };
}

describe('two services in a stack of somebody else', () => {
  const { stack, services } = stackWith('Finance', 'Sales');
  const template = Template.fromStack(stack);

  it('have queues of different names', () => {
    const names = resources(template, 'AWS::SQS::Queue').flatMap(([, { Properties }]) => Properties.QueueName ?? []);
    expect(new Set(names).size).toBe(2);
  });

  it('share what an account has once: the role by which API Gateway writes logs', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
  });

  it.each(['Finance', 'Sales'])('are made of their own parts alone: %s', (id) => {
    const functions = resources(template, 'AWS::Lambda::Function').filter(([logicalId]) => logicalId.startsWith(id));
    expect(functions).toHaveLength(FUNCTIONS.length);
    const named = functions.flatMap(([, { Properties }]) => Object.values(Properties.Environment.Variables).map(text));
    const references = named.filter((value) => value.startsWith('${'));
    expect(references.length).toBeGreaterThan(FUNCTIONS.length);
    for (const reference of references) expect(reference).toMatch(new RegExp(`^\\$\\{${id}`));
  });

  it('show what they are made of', () => {
    const [finance] = services;
    expect(finance?.functions.worker.functionArn).not.toBe(services[1]?.functions.worker.functionArn);
    for (const part of [finance?.api, finance?.queue, finance?.deadLetterQueue, finance?.bucket, finance?.jobsTable]) {
      expect(part?.node.path).toMatch(/^Theirs\/Finance\//);
    }
  });

  it('keep the rules of AWS Solutions', { timeout: 120_000 }, () => {
    const { app } = stackWith('Finance', 'Sales');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });
});

it('an API that asks nobody who they are is refused outside of the emulators’ account', () => {
  const stack = new Stack(new App(), 'Theirs', { env: { account: '123456789012', region: 'eu-central-1' } });
  expect(() => new Quire(stack, 'Open', { config: configFor('local'), bundles })).toThrow(/auth: "none".*123456789012/);
});
