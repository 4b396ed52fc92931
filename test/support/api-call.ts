import type { APIGatewayProxyEvent } from 'aws-lambda';

export const CALLER = 'arn:aws:iam::123456789012:user/reports';
export const STRANGER = 'arn:aws:iam::123456789012:user/other';

export interface ApiCall {
  readonly method?: string;
  /** With its parameters in braces, as API Gateway calls it. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Who signed it; `null`: nobody. */
  readonly caller?: string | null;
}

/** What API Gateway hands a function of a call to `https://api.example.com/prod`. */
export function callOf({ method = 'GET', route, parameters = {}, query, body, caller = CALLER }: ApiCall) {
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
  const event = {
    httpMethod: method,
    resource: route,
    path,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    pathParameters: Object.keys(parameters).length > 0 ? parameters : null,
    queryStringParameters: query ?? null,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'call',
      identity: { userArn: caller },
      path: `/prod${path}`,
      domainName: 'api.example.com',
    },
  };
  return event as unknown as APIGatewayProxyEvent;
}
