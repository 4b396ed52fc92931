import { Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { resource, resources, stackOf, statementsOf, text } from '../synthesis.ts';

const JWT = {
  stage: 'prod',
  auth: 'jwt',
  jwtIssuer: 'https://one.example.com,https://two.example.com/tenant',
  jwtAudience: 'quire,reports',
  jwtTenantClaim: 'org',
  jwtReadScope: 'reports.read',
};
const template = Template.fromStack(stackOf(JWT).stack);

describe('an API that takes tokens', () => {
  it('asks the authorizer on every method but that for shared files', () => {
    const [authorizerId] = resources(template, 'AWS::ApiGateway::Authorizer')[0] ?? [];
    const methods = resources(template, 'AWS::ApiGateway::Method').map(([, { Properties }]) => Properties);
    expect(methods.length).toBeGreaterThanOrEqual(6);
    const asking = methods.filter(({ AuthorizationType }) => AuthorizationType !== 'NONE');
    expect(asking).toHaveLength(methods.length - 1);
    for (const { AuthorizationType, AuthorizerId } of asking) {
      expect([AuthorizationType, text(AuthorizerId)]).toEqual(['CUSTOM', `\${${authorizerId}}`]);
    }
  });

  it('keeps an answer for a minute, for the whole token, and asks nobody for what is no token', () => {
    const { Properties } = resource(template, 'AWS::ApiGateway::Authorizer');
    expect(Properties).toMatchObject({
      Type: 'TOKEN',
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: 'method.request.header.Authorization',
    });
    const form = new RegExp(Properties.IdentityValidationExpression);
    expect(form.test('Bearer eyJh.eyJz.c2ln')).toBe(true);
    for (const header of ['eyJh.eyJz.c2ln', 'Bearer', 'Bearer a.b', 'Basic YTpi'])
      expect(form.test(header)).toBe(false);
  });

  it('tells the authorizer whose tokens to take', () => {
    const { Variables } = resource(template, 'AWS::Lambda::Function', 'Authorizer').Properties.Environment;
    expect(Object.keys(Variables).sort()).toEqual(['JWT_RULES', 'SERVICE']);
    expect(JSON.parse(Variables.JWT_RULES)).toEqual({
      issuers: [
        { issuer: 'https://one.example.com', audience: 'quire' },
        { issuer: 'https://two.example.com/tenant', audience: 'reports' },
      ],
      tenantClaim: 'org',
      readScope: 'reports.read',
      writeScope: '',
    });
  });

  it('lets the authorizer do nothing but log and trace', () => {
    const actions = statementsOf(template, 'authorizer').flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^(logs|xray):/.test(action))).toEqual([]);
  });

  it('says 401 and Bearer to who has no good token, 404 to who looks for another route, 503 while keys cannot be had', () => {
    const answer = (type: string) =>
      resources(template, 'AWS::ApiGateway::GatewayResponse').find(([, r]) => r.Properties.ResponseType === type)?.[1]
        .Properties;
    expect(answer('UNAUTHORIZED')).toMatchObject({
      StatusCode: '401',
      ResponseParameters: { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" },
    });
    expect(answer('MISSING_AUTHENTICATION_TOKEN')?.StatusCode).toBe('404');
    expect(answer('AUTHORIZER_FAILURE')?.StatusCode).toBe('503');
  });

  it('logs the tenant as a hash, and no claim', () => {
    const { Format } = resource(template, 'AWS::ApiGateway::Stage').Properties.AccessLogSetting;
    expect(JSON.parse(Format).principal).toBe('$context.authorizer.principalId');
    expect(Format).not.toContain('authorizer.tenant');
  });

  it('keeps the rules of AWS Solutions', { timeout: 120_000 }, () => {
    const { app } = stackOf(JWT);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });
});
