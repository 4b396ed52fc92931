import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleAll } from '../lib/bundling.ts';
import { readConfig } from '../lib/config.ts';
import type { Bundles } from '../lib/constructs/service-function.ts';
import { QuireStack } from '../lib/quire-stack.ts';
import { chooseName } from '../lib/settings.ts';

// CloudFormation's own rules take longer than all the rest together; test/lib/rules.test.ts applies them, as errors.
const app = new App({ builtinCloudFormationValidation: false });
const context = (name: string): unknown => app.node.tryGetContext(name);
const config = readConfig(context);
const bundles = Object.entries(bundleAll()).map(([name, { directory }]) => [name, Code.fromAsset(directory)]);

const name = chooseName(context, config.stage);
new QuireStack(app, name, { config, bundles: Object.fromEntries(bundles) as unknown as Bundles });
