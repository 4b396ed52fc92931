import { describe, expect, it } from 'vitest';
import { problemSchema } from '../../../lambdas/domain/answers.ts';
import { ROUTES } from '../../../local/docs/openapi/routes.ts';
import { resource, resources, stackOf, templateOf, text } from '../synthesis.ts';

const methodsOf = (stage: 'local' | 'dev' | 'prod') =>
  resources(templateOf(stage), 'AWS::ApiGateway::Method').map(([, { Properties }]) => Properties);

describe.each(['dev', 'prod'] as const)('the API of %s', (stage) => {
  it('asks on every method but that for shared files who is calling', () => {
    const methods = methodsOf(stage);
    expect(methods.length).toBeGreaterThanOrEqual(3);
    const open = methods.filter(({ AuthorizationType }) => AuthorizationType !== 'AWS_IAM');
    // A shared file: its path is the secret.
    expect(open.map(({ ResourceId }) => text(ResourceId))).toEqual([expect.stringContaining('filestoken')]);
  });

  it('says 401 to who does not sign', () => {
    const { Properties } = gatewayResponse(stage, 'MISSING_AUTHENTICATION_TOKEN');
    expect(Properties.StatusCode).toBe('401');
  });
});

it('the local API asks nobody, and says 404 to who looks for another route', () => {
  expect(methodsOf('local').filter(({ AuthorizationType }) => AuthorizationType !== 'NONE')).toEqual([]);
  expect(gatewayResponse('local', 'MISSING_AUTHENTICATION_TOKEN').Properties.StatusCode).toBe('404');
});

it('the local API can be told to ask', () => {
  expect(() => stackOf({ stage: 'local', auth: 'iam' })).not.toThrow();
});

describe('the API', () => {
  const prod = templateOf('prod');
  const stage = resource(prod, 'AWS::ApiGateway::Stage').Properties;

  it('has the routes of its description and no other', () => {
    const parts = new Map(resources(prod, 'AWS::ApiGateway::Resource').map(([id, { Properties }]) => [id, Properties]));
    const pathOf = (id: string): string => {
      const part = parts.get(id.replace(/\$\{(\w+)\}/, '$1'));
      return part ? `${pathOf(text(part.ParentId))}/${part.PathPart}` : '';
    };
    const routes = methodsOf('prod').map(({ HttpMethod, ResourceId }) => `${HttpMethod} ${pathOf(text(ResourceId))}`);
    expect(routes.sort()).toEqual(ROUTES.map(({ route }) => route).sort());
  });

  it('hands bodies over as they were sent, in base64', () => {
    expect(resource(prod, 'AWS::ApiGateway::RestApi').Properties.BinaryMediaTypes).toEqual(['application/json']);
  });

  it('is regional', () => {
    expect(resource(prod, 'AWS::ApiGateway::RestApi').Properties.EndpointConfiguration.Types).toEqual(['REGIONAL']);
  });

  it('slows callers down', () => {
    expect(stage.MethodSettings).toContainEqual(
      expect.objectContaining({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 }),
    );
  });

  it('slows down whoever opens shared files, without slowing the others', () => {
    const of = (path: string) =>
      stage.MethodSettings.find((each: { ResourcePath: string }) => each.ResourcePath === path);
    expect(of('/~1files~1{token}')).toMatchObject({
      HttpMethod: 'GET',
      ThrottlingRateLimit: 20,
      ThrottlingBurstLimit: 40,
    });
  });

  it('logs no bodies', () => {
    expect(
      stage.MethodSettings.filter((settings: object) => 'DataTraceEnabled' in settings && settings.DataTraceEnabled),
    ).toEqual([]);
  });

  it('logs each request as JSON, without the path and the query string, in which a secret may stand', () => {
    const format = JSON.parse(stage.AccessLogSetting.Format);
    expect(Object.values(format)).toContain('$context.resourcePath');
    expect(stage.AccessLogSetting.Format).not.toContain('context.path');
    expect(stage.AccessLogSetting.Format).not.toMatch(/query|rawPath|authorizer|requestOverride/i);
  });

  it('forgets its access log', () => {
    expect(resource(prod, 'AWS::Logs::LogGroup', 'Api').Properties.RetentionInDays).toBe(90);
  });

  it.each(['dev', 'prod'] as const)('leaves the account its role for logs when the stack of %s goes', (of) => {
    const template = templateOf(of);
    const account = resource(template, 'AWS::ApiGateway::Account');
    const role = resource(template, 'AWS::IAM::Role', 'ApiLogRole');
    expect([account.DeletionPolicy, role.DeletionPolicy]).toEqual(['Retain', 'Retain']);
    expect(text(account.Properties.CloudWatchRoleArn)).toMatch(/^\$\{ApiLogRole/);
    const [accountId] = resources(template, 'AWS::ApiGateway::Account')[0] ?? [];
    expect(resource(template, 'AWS::ApiGateway::Stage').DependsOn).toContain(accountId);
  });

  it('is traced', () => {
    expect(stage.TracingEnabled).toBe(true);
  });

  it('is deployed after its gateway responses, which count from then on', () => {
    const responses = resources(prod, 'AWS::ApiGateway::GatewayResponse').map(([id]) => id);
    expect(resource(prod, 'AWS::ApiGateway::Deployment').DependsOn).toEqual(expect.arrayContaining(responses));
  });
});

describe('a refusal by the gateway itself', () => {
  const responses = resources(templateOf('prod'), 'AWS::ApiGateway::GatewayResponse').map(
    ([, { Properties }]) => Properties,
  );

  it.each([
    ['DEFAULT_4XX', undefined, 'BAD_REQUEST'],
    ['DEFAULT_5XX', undefined, 'UNAVAILABLE'],
    ['UNAUTHORIZED', '401', 'UNAUTHENTICATED'],
    ['ACCESS_DENIED', '403', 'FORBIDDEN'],
    ['RESOURCE_NOT_FOUND', '404', 'NOT_FOUND'],
    ['REQUEST_TOO_LARGE', '413', 'BODY_TOO_LARGE'],
    ['UNSUPPORTED_MEDIA_TYPE', '415', 'UNSUPPORTED_MEDIA_TYPE'],
    ['THROTTLED', '429', 'THROTTLED'],
  ])('%s answers %s with the code %s', (type, status, code) => {
    const { Properties } = gatewayResponse('prod', type);
    expect(Properties.StatusCode).toBe(status);
    expect(JSON.parse(Properties.ResponseTemplates['application/json'])).toMatchObject({ code });
  });

  it.each(responses.map((each) => [each.ResponseType, each]))('%s is a problem+json', (_, properties) => {
    const headers = properties.ResponseParameters;
    expect(headers['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
    const problem = JSON.parse(properties.ResponseTemplates['application/json']);
    expect(problem).toMatchObject({
      type: expect.stringMatching(/^urn:quire:problem:[a-z-]+$/),
      title: expect.any(String),
      detail: expect.any(String),
      code: expect.stringMatching(/^[A-Z_]+$/),
      errors: [],
      requestId: '$context.requestId',
    });
    expect(problemSchema.parse(problem)).toEqual(problem);
    expect(String(problem.status ?? '')).toBe(properties.StatusCode ?? '');
  });

  it.each(['THROTTLED', 'DEFAULT_5XX'])('%s tells when to come again', (type) => {
    const { Properties } = gatewayResponse('prod', type);
    expect(Properties.ResponseParameters['gatewayresponse.header.Retry-After']).toBe("'1'");
  });
});

function gatewayResponse(stage: 'local' | 'dev' | 'prod', type: string) {
  const found = resources(templateOf(stage), 'AWS::ApiGateway::GatewayResponse');
  const [, response] = found.find(([, { Properties }]) => Properties.ResponseType === type) ?? [];
  if (!response) throw new Error(`no gateway response for ${type}`);
  return response;
}
