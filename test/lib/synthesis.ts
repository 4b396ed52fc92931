import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { ENVIRONMENT, type FunctionName } from '../../lambdas/contract.ts';
import { readConfig } from '../../lib/config.ts';
import type { Bundles } from '../../lib/constructs/service-function.ts';
import { QuireStack } from '../../lib/quire-stack.ts';

const ALL = Object.keys(ENVIRONMENT) as FunctionName[];
/** Those of a stage whose callers sign; the authorizer, which is only there for tokens, has tests of its own. */
export const FUNCTIONS = ALL.filter((name) => name !== 'authorizer');

/** What the functions do is of no concern to a template. */
export const INLINE_BUNDLES = Object.fromEntries(
  ALL.map((name) => [name, Code.fromInline('exports.handler = async () => {};')]),
) as unknown as Bundles;

/** A stage as cdk.json and `-c` would make it. */
export function stackOf(context: Readonly<Record<string, unknown>>): { app: App; stack: QuireStack } {
  const app = new App({ context: { ...cdk.context, ...context }, builtinCloudFormationValidation: false });
  const config = readConfig((name) => app.node.tryGetContext(name));
  return { app, stack: new QuireStack(app, 'Quire', { config, bundles: INLINE_BUNDLES }) };
}

const templates = new Map<string, Template>();

/** The template of a stage, synthesized once for each test file. */
export function templateOf(stage: 'local' | 'dev' | 'prod'): Template {
  const known = templates.get(stage);
  if (known) return known;
  const template = Template.fromStack(stackOf({ stage }).stack);
  templates.set(stage, template);
  return template;
}

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
}

/** The resources of a type, by logical id. */
export function resources(template: Template, type: string): [id: string, resource: Resource][] {
  return Object.entries(template.findResources(type)) as [string, Resource][];
}

/** The one resource of a type whose logical id starts so. */
export function resource(template: Template, type: string, idStart = ''): Resource {
  const found = resources(template, type).filter(([id]) => id.startsWith(idStart));
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type} start with ${idStart}`);
  return (found[0] as [string, Resource])[1];
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Logical ids start with the construct that they belong to. */
export const CONSTRUCT: Record<FunctionName, string> = {
  authorizer: 'Authorizer',
  enqueue: 'Enqueue',
  worker: 'Worker',
  status: 'Status',
  sweeper: 'Sweeper',
  deadLetter: 'DeadLetter',
  notify: 'Notify',
  callback: 'Callback',
  callbackSecret: 'CallbackSecret',
  openApi: 'OpenApi',
  datasets: 'Datasets',
  cancel: 'Cancel',
  list: 'List',
  redrive: 'Redrive',
  shares: 'Shares',
  files: 'SharesFiles',
};

/** What a function's role may do. */
export function statementsOf(template: Template, name: FunctionName): Statement[] {
  const policy = resource(template, 'AWS::IAM::Policy', `${CONSTRUCT[name]}FunctionRole`);
  return policy.Properties.PolicyDocument.Statement;
}

/** A value of the template as text, with references as `${LogicalId}` and `${LogicalId.Attribute}`. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const node = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (node.Ref) return `\${${node.Ref}}`;
  if (node['Fn::GetAtt']) return `\${${node['Fn::GetAtt'].join('.')}}`;
  if (node['Fn::Join']) return node['Fn::Join'][1].map(text).join(node['Fn::Join'][0]);
  return JSON.stringify(value);
}
