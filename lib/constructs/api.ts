import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  type MethodOptions,
  RestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Auth, DOWNLOAD_ROUTE, JSON_TYPE } from '../../lambdas/contract.ts';
import type { Config } from '../config.ts';
import { ApiLogRole } from './api-log-role.ts';
import type { Authorizer } from './authorizer.ts';
import type { CallbackSecret } from './callback-secret.ts';
import type { Cancel } from './cancel.ts';
import type { Datasets } from './datasets.ts';
import type { Enqueue } from './enqueue.ts';
import { GatewayProblems } from './gateway-problems.ts';
import type { List } from './list.ts';
import type { OpenApi } from './open-api.ts';
import type { Redrive } from './redrive.ts';
import type { Shares } from './shares.ts';
import type { Status } from './status.ts';

export interface ApiProps {
  readonly config: Config;
  /** Identifies the caller; without one, the signature does, or nothing does. */
  readonly authorizer: Authorizer | undefined;
  readonly enqueue: Enqueue;
  readonly status: Status;
  readonly cancel: Cancel;
  readonly list: List;
  readonly redrive: Redrive;
  readonly shares: Shares;
  readonly callbackSecret: CallbackSecret;
  readonly datasets: Datasets;
  readonly openApi: OpenApi;
}

type Handler = Enqueue['function']['lambda'];

const FILES_ROUTE = '/files/{token}';

/** The HTTP door. Every method but that for shared files asks who is calling, except on the local stage. */
export class Api extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, { config, authorizer, ...routes }: ApiProps) {
    super(scope, id);
    this.api = new RestApi(this, 'Rest', {
      restApiName: `quire-${config.stage}`,
      endpointTypes: [EndpointType.REGIONAL],
      // Bodies come to the functions as they were sent, in base64: as text, what is no UTF-8 would be replaced on the
      // way, and escaping would make a body of 4 MiB larger than the 6 MB that Lambda takes.
      binaryMediaTypes: [JSON_TYPE],
      defaultMethodOptions: {
        authorizationType: AUTHORIZATION[config.auth],
        ...(authorizer && { authorizer: authorizer.authorizer }),
      },
      deployOptions: this.stageOptions(config),
      cloudWatchRole: false,
    });
    this.api.deploymentStage.node.addDependency(ApiLogRole.of(this).account);
    this.routes(routes);
    new GatewayProblems(this, 'Problems', this.api, config.auth);
    this.acknowledge();
  }

  private routes(to: Omit<ApiProps, 'config' | 'authorizer'>): void {
    const { enqueue, status, list, cancel, redrive, shares, callbackSecret, datasets, openApi } = to;
    this.route('POST', '/generate', enqueue.function.lambda);
    this.route('GET', '/status/{id}', status.function.lambda);
    this.route('GET', '/status', list.function.lambda);
    this.route('DELETE', '/status/{id}', cancel.function.lambda);
    this.route('POST', '/status/{id}/redrive', redrive.function.lambda);
    this.route('GET', DOWNLOAD_ROUTE, status.function.lambda);
    this.route('POST', '/status/{id}/shares', shares.function.lambda);
    this.route('GET', '/status/{id}/shares', shares.function.lambda);
    this.route('DELETE', '/status/{id}/shares/{shareId}', shares.function.lambda);
    this.openRoute('GET', FILES_ROUTE, shares.files.lambda);
    this.route('GET', '/callbacks/secret', callbackSecret.function.lambda);
    this.route('POST', '/datasets', datasets.function.lambda);
    this.route('GET', '/datasets/{id}', datasets.function.lambda);
    this.route('GET', '/openapi.json', openApi.function.lambda);
  }

  private route(method: string, path: string, handler: Handler, options: MethodOptions = {}): Method {
    // Without a permission for the console's test button, which would call past the authorization.
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    return this.api.root.resourceForPath(path).addMethod(method, integration, options);
  }

  /** Asks nobody who they are: what is called must prove by itself that it may be. */
  private openRoute(method: string, path: string, handler: Handler): void {
    const open = this.route(method, path, handler, { authorizationType: AuthorizationType.NONE });
    Validations.of(open).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'For people without credentials: the path holds a secret of 160 bits, and the route is slowed by itself.',
    });
  }

  private stageOptions(config: Config): StageOptions {
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: config.logRetentionDays,
      removalPolicy: config.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    return {
      stageName: config.stage,
      throttlingRateLimit: config.requestsPerSecond,
      throttlingBurstLimit: config.requestBurst,
      tracingEnabled: config.tracing,
      metricsEnabled: true,
      // Whoever guesses at links gets nowhere, and not in the way of those who sign.
      methodOptions: {
        [`${FILES_ROUTE}/GET`]: {
          throttlingRateLimit: config.shares.requestsPerSecond,
          throttlingBurstLimit: config.shares.burst,
          metricsEnabled: true,
        },
      },
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: accessLogOf(config.auth),
    };
  }

  private acknowledge(): void {
    Validations.of(this.api).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: 'The functions validate with the schema that documents the API; a second schema would drift from it.',
      },
      {
        id: 'AwsSolutions-APIG3',
        reason: 'Callers are signed principals of the account; a web ACL is a choice, and a cost, of the account.',
      },
      {
        id: 'AwsSolutions-APIG6',
        reason:
          'Execution logs contain bodies and headers, which no log of this service may; the access log covers the rest.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'IAM signs each request, or an issuer of the caller vouches for it; a user pool would have no users.',
      },
    );
  }
}

const AUTHORIZATION: Record<Auth, AuthorizationType> = {
  iam: AuthorizationType.IAM,
  jwt: AuthorizationType.CUSTOM,
  none: AuthorizationType.NONE,
};

/**
 * One JSON line a request. Neither the path, which is the secret of a shared file, nor the query string, in which a
 * presigned request has its signature: the lines of the functions name the job under the same `requestId`.
 */
const accessLogOf = (auth: Auth) =>
  AccessLogFormat.custom(
    JSON.stringify({
      requestId: '$context.requestId',
      traceId: '$context.xrayTraceId',
      time: '$context.requestTimeEpoch',
      ip: '$context.identity.sourceIp',
      // Of a token, the hash of the tenant, as it stands in the lines of the functions.
      principal: auth === 'jwt' ? '$context.authorizer.principalId' : '$context.identity.userArn',
      method: '$context.httpMethod',
      route: '$context.resourcePath',
      status: '$context.status',
      bytes: '$context.responseLength',
      millis: '$context.responseLatency',
      functionMillis: '$context.integration.latency',
      refusal: '$context.error.responseType',
    }),
  );
