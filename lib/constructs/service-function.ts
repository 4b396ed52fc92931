import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as Lambda, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment, FunctionName } from '../../lambdas/contract.ts';
import type { Config } from '../config.ts';
import { serviceNameOf } from './service-name.ts';

/** The bundle of each function. */
export type Bundles = Readonly<Record<FunctionName, Code>>;

export interface ServiceFunctionProps<F extends FunctionName> {
  readonly config: Config;
  readonly description: string;
  readonly code: Code;
  readonly environment: Environment<F>;
  /** Seconds. */
  readonly timeout: number;
  readonly memoryMb: number;
  readonly reservedConcurrency?: number | undefined;
}

/** What all functions have in common: a role and a log group of their own, and exactly the environment of the contract. */
export class ServiceFunction<F extends FunctionName> extends Construct implements IGrantable {
  readonly lambda: Lambda;
  readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<F>) {
    super(scope, id);
    const { config } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: config.logRetentionDays,
      removalPolicy: config.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // Without a role, CDK attaches a managed policy that may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.lambda = new Lambda(this, 'Lambda', {
      description: props.description,
      code: props.code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: config.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      environment: { ...props.environment, SERVICE: serviceNameOf(this) },
      timeout: Duration.seconds(props.timeout),
      memorySize: props.memoryMb,
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
    this.grantPrincipal = role;
    this.acknowledgeTracing(role, config);
  }

  private acknowledgeTracing(role: Role, config: Config): void {
    if (!config.tracing) return;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The actions of X-Ray are for no resource in particular: they allow only *.',
    });
  }
}
