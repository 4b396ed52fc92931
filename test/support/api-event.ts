import type { APIGatewayProxyEvent } from 'aws-lambda';

/** What API Gateway would hand to a function, as far as the functions read it. */
export function apiEvent(parts: {
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly isBase64Encoded?: boolean;
  readonly userArn?: string;
}): APIGatewayProxyEvent {
  const event = {
    body: parts.body ?? null,
    headers: { 'Content-Type': 'application/json', ...parts.headers },
    isBase64Encoded: parts.isBase64Encoded ?? false,
    path: '/generate',
    pathParameters: null,
    requestContext: { requestId: 'request-1', identity: { userArn: parts.userArn ?? null } },
  };
  return event as unknown as APIGatewayProxyEvent;
}
