import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const ID = 'ApiLogRole';
const POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

/**
 * The role through which API Gateway writes access logs: one for the whole account and region, so one for each stack
 * and not for each API. It stays when the stack goes, on every stage: the account's other APIs write through it by then.
 */
export class ApiLogRole extends Construct {
  /** To be depended on by whatever turns logging on. */
  readonly account: CfnAccount;

  static of(scope: Construct): ApiLogRole {
    const stack = Stack.of(scope);
    const known = stack.node.tryFindChild(ID);
    return known instanceof ApiLogRole ? known : new ApiLogRole(stack);
  }

  private constructor(stack: Stack) {
    super(stack, ID);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(POLICY)],
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    this.account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${POLICY}]`,
      reason: 'API Gateway accepts a log role only if it may do everything that this managed policy allows.',
    });
  }
}
