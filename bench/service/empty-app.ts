/** The emulator's own ceiling: a function that does nothing, behind the same kind of API. */
import { App, CfnOutput, CliCredentialsStackSynthesizer, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ACCOUNT, REGION } from '../../local/credentials.ts';

const app = new App();
const env = { account: ACCOUNT, region: REGION };
const stack = new Stack(app, 'Quire-bench-empty', { env, synthesizer: new CliCredentialsStackSynthesizer() });
const empty = new Lambda(stack, 'Empty', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline("exports.handler = async () => ({ statusCode: 202, body: '{}' });"),
  memorySize: 512,
});
const api = new RestApi(stack, 'Api', { deployOptions: { stageName: 'bench' } });
api.root.addResource('generate').addMethod('POST', new LambdaIntegration(empty, { allowTestInvoke: false }));
new CfnOutput(stack, 'ApiUrl', { value: api.url });
