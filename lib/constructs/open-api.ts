import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface OpenApiProps {
  readonly config: Config;
  readonly bundles: Bundles;
}

/** `GET /openapi.json`: what the API is, for programs. */
export class OpenApi extends Construct {
  readonly function: ServiceFunction<'openApi'>;

  constructor(scope: Construct, id: string, { config, bundles }: OpenApiProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Serves the description of the API',
      code: bundles.openApi,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: { AUTH: config.auth },
    });
  }
}
