import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { CallbackQueue } from './callback-queue.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface CallbackSecretProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly callbacks: CallbackQueue;
}

/** `GET /callbacks/secret`: what a tenant's callbacks are signed with. */
export class CallbackSecret extends Construct {
  readonly function: ServiceFunction<'callbackSecret'>;

  constructor(scope: Construct, id: string, { config, bundles, callbacks }: CallbackSecretProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Shows a tenant the keys that sign its callbacks',
      code: bundles.callbackSecret,
      timeout: config.http.timeout,
      memoryMb: 256,
      environment: { AUTH: config.auth, CALLBACK_SECRET: callbacks.secretArn },
    });
    callbacks.grantReadSecret(this.function);
  }
}
