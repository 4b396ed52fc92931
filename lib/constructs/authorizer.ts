import { Duration } from 'aws-cdk-lib';
import { TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

/**
 * A token may be used for so much longer than it says, and so long is its issuer not asked again. The policy that is kept
 * is found by the whole token, so it can only be its bearer's.
 */
const KEPT = Duration.minutes(1);

/** Asks of each call whether an issuer of ours vouches for the caller. */
export class Authorizer extends Construct {
  readonly function: ServiceFunction<'authorizer'>;
  readonly authorizer: TokenAuthorizer;

  constructor(
    scope: Construct,
    id: string,
    { config, bundles }: { readonly config: Config; readonly bundles: Bundles },
  ) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Verifies tokens and determines the tenant',
      code: bundles.authorizer,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: { JWT_RULES: JSON.stringify(config.jwt) },
    });
    this.authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: this.function.lambda,
      // What is no token costs no invocation.
      validationRegex: '^[Bb]earer +[\\w-]+\\.[\\w-]+\\.[\\w-]+$',
      resultsCacheTtl: KEPT,
    });
  }
}
