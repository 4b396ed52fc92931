import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Auth, TENANT_CONTEXT } from '../contract.ts';
import { Problem } from '../domain/problems.ts';

const LOCAL_TENANT = 'local';
/** `arn:aws:sts::123456789012:assumed-role/RoleName/session` */
const ASSUMED_ROLE = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/;

/**
 * The tenant: whom the token names, or who signed the request. A role is one tenant in all its sessions, or a caller would lose its jobs
 * with every new set of credentials.
 * @throws Problem `UNAUTHENTICATED` when there is neither.
 */
export function tenantOf(event: Pick<APIGatewayProxyEvent, 'requestContext'>, auth: Auth): string {
  if (auth === 'none') return LOCAL_TENANT;
  if (auth === 'jwt') return tenantOfToken(event.requestContext.authorizer?.[TENANT_CONTEXT]);
  const arn = event.requestContext.identity?.userArn;
  if (!arn) throw new Problem('UNAUTHENTICATED', 'The request is not signed.');
  return arn.replace(ASSUMED_ROLE, 'arn:$1:iam::$2:role/$3');
}

/** API Gateway has asked the authorizer; what that one said of the tenant stands in the event. */
function tenantOfToken(tenant: unknown): string {
  if (typeof tenant === 'string' && tenant !== '') return tenant;
  throw new Problem('UNAUTHENTICATED', 'The request bears no token.');
}
