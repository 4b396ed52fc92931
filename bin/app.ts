import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleAll } from '../lib/bundling.ts';
import { readConfig } from '../lib/config.ts';
import type { Bundles } from '../lib/constructs/service-function.ts';
import { QuireStack } from '../lib/quire-stack.ts';

// CloudFormation's own rules take longer than all the rest together; test/lib/rules.test.ts applies them, as errors.
const app = new App({ builtinCloudFormationValidation: false });
const config = readConfig((name) => app.node.tryGetContext(name));
const bundles = Object.entries(bundleAll()).map(([name, { directory }]) => [name, Code.fromAsset(directory)]);

new QuireStack(app, `Quire-${config.stage}`, { config, bundles: Object.fromEntries(bundles) as unknown as Bundles });
