/** What `import … from 'quire'` gives: the service as a construct, its functions' code inside the package. */
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ENVIRONMENT, type FunctionName } from '../lambdas/contract.ts';
import { configFor } from './config.ts';
import type { Bundles } from './constructs/service-function.ts';
import { Quire as Service } from './quire.ts';
import type { Settings, Stage } from './settings.ts';

export { InvalidSetting } from './choosing.ts';
export type { Settings, Stage } from './settings.ts';

export interface QuireProps {
  /** Whose numbers are taken where `settings` says none; `prod` by default. `local` is for an emulator alone. */
  readonly stage?: Stage;
  /** Numbers of your own: `{ workerMemoryMb: 3008 }`. */
  readonly settings?: Partial<Settings>;
  /** Who is told of alarms; a topic is made where none is given. */
  readonly alarmTopic?: ITopic;
}

/**
 * The service, in a stack of your own; a stack may hold several. What it is made of – `api`, `queue`, `bucket`,
 * `jobsTable`, `functions`, … – can be reached, to be granted, watched or linked to.
 */
export class Quire extends Service {
  /** @throws InvalidSetting where a number is not possible, alone or with the others */
  constructor(scope: Construct, id: string, { stage = 'prod', settings = {}, alarmTopic }: QuireProps = {}) {
    super(scope, id, { config: configFor(stage, settings), bundles: prebuilt(), ...(alarmTopic && { alarmTopic }) });
  }
}

/** The folders beside this file, as they were built when the package was. */
function prebuilt(): Bundles {
  const names = Object.keys(ENVIRONMENT) as FunctionName[];
  const codes = names.map((name) => [name, Code.fromAsset(join(import.meta.dirname, 'assets', name))]);
  return Object.fromEntries(codes) as unknown as Bundles;
}
