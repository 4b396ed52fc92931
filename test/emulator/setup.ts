import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { TestProject } from 'vitest/node';
import { quietenSdk } from '../../local/credentials.ts';
import { deployTo } from '../../local/stack.ts';
import { openTestEndpoint } from '../support/endpoint.ts';
import type { Target } from '../support/target.ts';

/** The project of this name runs the same tests with the roles enforced and every request signed. */
const ENFORCED = 'emulator-auth';

/**
 * Deploys once per run and tells the tests where: a stack in an account named by `QUIRE_STACK`, the emulator on
 * `AWS_ENDPOINT_URL`, or an emulator of our own.
 *
 * @returns what ends it again
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  quietenSdk();
  const stack = process.env.QUIRE_STACK;
  if (stack) {
    project.provide('target', await deployedStack(stack));
    return async () => {};
  }
  const auth = project.name === ENFORCED;
  const endpoint = await openTestEndpoint({ auth });
  try {
    // Both projects are set up before either runs, on one emulator where one is given: two stacks beside each other.
    const context = auth ? { auth: 'iam', name: 'Quire-local-iam' } : {};
    const { api, outputs } = await deployTo(endpoint, { context });
    const { url, kind, own } = endpoint;
    const common = { kind, endpoint: url, processGroup: own?.pid, api, outputs };
    project.provide('target', { ...common, enforcesRoles: auth && own !== undefined, signed: auth });
  } catch (error) {
    await endpoint.stop();
    throw error;
  }
  return endpoint.stop;
}

/** A stack that somebody has deployed; nothing is deployed to an account from here. */
async function deployedStack(name: string): Promise<Target> {
  const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: name }));
  const outputs = Object.fromEntries((Stacks[0]?.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? '']));
  const api = (outputs.ApiUrl ?? '').replace(/\/$/, '');
  return { kind: 'account', enforcesRoles: true, signed: true, api, outputs };
}
