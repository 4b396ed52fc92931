import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { JwtCallers } from '../../adapters/jwt-callers.ts';
import { TENANT_CONTEXT } from '../../contract.ts';
import { systemClock } from '../../runtime/clock.ts';
import { environment, jwtRulesOf } from '../../runtime/env.ts';
import { log } from '../../runtime/observability.ts';
import { withinTime } from '../../runtime/time-limit.ts';
import { authorize } from './authorize.ts';

const rules = jwtRulesOf(environment('authorizer').JWT_RULES);
const callers = new JwtCallers(rules, systemClock, log);

/** Asked by API Gateway before a call, once for each token and minute. */
export function handler(event: APIGatewayTokenAuthorizerEvent, context: Context): Promise<APIGatewayAuthorizerResult> {
  return withinTime(context, async () => {
    const authorized = await authorize(event.authorizationToken, event.methodArn, callers, rules);
    // API Gateway knows this very message and answers 401; any other failure is a 5xx.
    if (authorized === undefined) throw new Error('Unauthorized');
    const { principal, tenant, effect, resources } = authorized;
    const Statement = [{ Action: 'execute-api:Invoke', Effect: effect, Resource: [...resources] }];
    return {
      principalId: principal,
      policyDocument: { Version: '2012-10-17', Statement },
      context: { [TENANT_CONTEXT]: tenant },
    };
  });
}
