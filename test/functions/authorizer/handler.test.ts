import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsServer, contextWith } from '../../support/aws.ts';
import { LocalIssuer } from '../../support/issuer.ts';

const aws = new AwsServer();
let issuer: LocalIssuer;
let handler: (event: APIGatewayTokenAuthorizerEvent, context: Context) => Promise<APIGatewayAuthorizerResult>;
beforeAll(async () => {
  issuer = await LocalIssuer.start();
  const issuers = [{ issuer: issuer.address, audience: 'quire' }];
  const rules = { issuers, tenantClaim: 'sub', readScope: 'read', writeScope: '' };
  await aws.start('authorizer', { JWT_RULES: JSON.stringify(rules) });
  ({ handler } = await import('../../../lambdas/functions/authorizer/handler.ts'));
});
afterAll(async () => {
  aws.stop();
  await issuer.stop();
});

const STAGE = 'arn:aws:execute-api:eu-west-1:123456789012:api/prod';
const ask = (authorizationToken: string) =>
  handler({ type: 'TOKEN', authorizationToken, methodArn: `${STAGE}/GET/status/1` }, contextWith());

describe('the authorizer', () => {
  it('lets the bearer of a token call what its scopes allow, and tells the functions the tenant', async () => {
    expect(await ask(`Bearer ${issuer.token({ scope: 'read' })}`)).toEqual({
      principalId: expect.stringMatching(/^[0-9a-f]{32}$/),
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: [`${STAGE}/GET/*`, `${STAGE}/POST/*`, `${STAGE}/DELETE/*`],
          },
        ],
      },
      context: { tenant: `${issuer.address} ann` },
    });
  });

  it('gives one principal for a token, so that nobody is handed the answer to another', async () => {
    const [ann, again, bob] = await Promise.all(
      [{ scope: 'read' }, { scope: 'read' }, { scope: 'read', sub: 'bob' }].map((claims) =>
        ask(`Bearer ${issuer.token(claims)}`),
      ),
    );
    expect(ann?.principalId).toBe(again?.principalId);
    expect(bob?.principalId).not.toBe(ann?.principalId);
  });

  it('answers what API Gateway makes a 401 of, word for word', async () => {
    await expect(ask('Bearer a.b.c')).rejects.toThrow(/^Unauthorized$/);
    await expect(ask('')).rejects.toThrow(/^Unauthorized$/);
  });
});
