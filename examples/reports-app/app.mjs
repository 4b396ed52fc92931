// A CDK app with a report service in a stack of its own: `npx cdk deploy`.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Quire } from 'quire';

const app = new App();
const stage = app.node.tryGetContext('stage') ?? 'prod';
// The stage `local` is for an emulator, whose account is this one.
const env = stage === 'local' ? { account: '000000000000', region: 'us-east-1' } : undefined;
const stack = new Stack(app, 'Company-reports', { env });
const reports = new Quire(stack, 'Reports', { stage, settings: { reportRetentionDays: 3 } });
new CfnOutput(stack, 'Address', { value: reports.api.url });
new CfnOutput(stack, 'Jobs', { value: reports.jobsTable.tableName });
