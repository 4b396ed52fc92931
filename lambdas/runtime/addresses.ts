import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Address } from '../domain/view.ts';

type Called = Pick<APIGatewayProxyEvent, 'resource'> & {
  readonly requestContext: Pick<APIGatewayProxyEvent['requestContext'], 'path' | 'domainName'>;
};

/**
 * The addresses of the API as this caller reached it. `requestContext.path` holds what stands before the route, which is
 * the stage, or the base path of a custom domain; `domainName` is the name that was called. An emulator that answers
 * under a path of its own endpoint reveals neither that path nor a name: there, addresses are relative to the one called.
 */
export function addressesFor({ resource, requestContext: { path, domainName } }: Called): Address {
  const depth = segmentsOf(resource).length;
  if (!domainName) return (to) => '../'.repeat(depth - 1) + to;
  const base = segmentsOf(path).slice(0, -depth);
  return (to) => `https://${[domainName, ...base, to].join('/')}`;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
