import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { clientOptions } from '../../../local/credentials.ts';
import { eventually, letTimePass, rowOf, sweepNow } from '../../support/faults.ts';
import { api, lambda, output, target } from '../../support/target.ts';
import { keyed, smallRequest } from '../requests.ts';

/** A role that an account's other stacks may depend on is not for a test to change. */
const ENFORCED = target.enforcesRoles && target.endpoint !== undefined;

const iam = new IAMClient(target.endpoint === undefined ? {} : clientOptions(target.endpoint));

interface Statement {
  Action: string | string[];
}

/** Runs `body` while the role of a function lacks an action, and grants it again. */
async function without<T>(name: string, action: string, body: () => Promise<T>): Promise<T> {
  const { Role = '' } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: output(name) }));
  const RoleName = Role.split('/').at(-1);
  const { PolicyNames: [PolicyName] = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  const whole = decodeURIComponent(PolicyDocument);
  const put = (document: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document }));
  await put(withoutAction(whole, action));
  try {
    return await body();
  } finally {
    await put(whole);
  }
}

function withoutAction(document: string, action: string): string {
  const policy: { Statement: Statement[] } = JSON.parse(document);
  const granted = policy.Statement.flatMap((statement) => statement.Action);
  expect(granted).toContain(action);
  const Statement = policy.Statement.flatMap((statement) => {
    const rest = [statement.Action].flat().filter((granted) => granted !== action);
    return rest.length > 0 ? [{ ...statement, Action: rest }] : [];
  });
  return JSON.stringify({ ...policy, Statement });
}

describe.skipIf(!ENFORCED)('a grant that is taken away (needs an emulator that enforces roles)', () => {
  it('from enqueue to put the row makes POST answer 503', async () => {
    const response = await without('EnqueueFunction', 'dynamodb:PutItem', () => api.post(smallRequest('xlsx')));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('from enqueue to send leaves the job unsent, to be swept', async () => {
    const { id } = await without('EnqueueFunction', 'sqs:SendMessage', () =>
      api.generate(smallRequest('xlsx'), keyed()),
    );
    expect(await rowOf(id)).toMatchObject({ status: 'queued', sends: 0 });
    await letTimePass(id);
    await sweepNow();
    expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done' });
  });

  it('from the worker to write the report makes its attempt fail', async () => {
    const id = await without('WorkerFunction', 's3:PutObject', async () => {
      const posted = (await api.generate(smallRequest('xlsx'), keyed())).id;
      // Given back, and without a try: what the role may not do is no fault of the job.
      await eventually(async () => (await rowOf(posted)).leaseUntil === 0);
      expect(await rowOf(posted)).toMatchObject({ status: 'processing', attempt: 1, tries: 0 });
      return posted;
    });
    expect(await api.ended(id, { pollMs: 250 })).toMatchObject({ status: 'done', attempt: 2 });
  });

  it('from status to read the row makes GET answer 503', async () => {
    const { id } = await api.generate(smallRequest('pdf'), keyed());
    const response = await without('StatusFunction', 'dynamodb:GetItem', () => api.get(id));
    expect(response.status).toBe(503);
    expect((await api.get(id)).status).toBe(200);
  });

  it('from the sweeper to find overdue jobs makes its round fail', async () => {
    await without('SweeperFunction', 'dynamodb:Query', () => expect(sweepNow()).rejects.toThrow('sweeper failed'));
    await sweepNow();
  });
});
