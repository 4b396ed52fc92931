import { describe, expect, it } from 'vitest';
import { FUNCTIONS, resources, statementsOf, templateOf, text } from '../synthesis.ts';

const prod = templateOf('prod');

/** Everything that a role may do, as `action resource`, without the logs and traces that all of them write. */
function powers(name: (typeof FUNCTIONS)[number]): string[] {
  return statementsOf(prod, name)
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${named(resource)}`)),
    )
    .filter((power) => !/^(logs|xray):/.test(power))
    .sort();
}

/** `${JobsTable10C8EDF6.Arn}/index/sweep` → `JobsTable/index/sweep` */
function named(resource: unknown): string {
  return text(resource).replace(/\$\{(\w+?)[0-9A-F]{8}\.Arn\}/, '$1');
}

describe('the role of', () => {
  it('enqueue puts rows, sends, saves large requests, and looks at datasets', () => {
    expect(powers('enqueue')).toEqual([
      'dynamodb:GetItem JobsTable',
      'dynamodb:PutItem JobsTable',
      'dynamodb:UpdateItem JobsTable',
      's3:GetObject ReportsBucket/datasets/*',
      's3:ListBucket ReportsBucket',
      's3:PutObject ReportsBucket/requests/*',
      'sqs:SendMessage QueueJobs',
    ]);
  });

  it('worker claims, locks, reads requests and datasets, publishes reports, and takes messages', () => {
    expect(powers('worker')).toEqual([
      'dynamodb:DeleteItem IdempotencyTable',
      'dynamodb:GetItem IdempotencyTable',
      'dynamodb:GetItem JobsTable',
      'dynamodb:PutItem IdempotencyTable',
      'dynamodb:UpdateItem IdempotencyTable',
      'dynamodb:UpdateItem JobsTable',
      's3:AbortMultipartUpload ReportsBucket/reports/*',
      's3:DeleteObject ReportsBucket/reports/*',
      's3:GetObject ReportsBucket/datasets/*',
      's3:GetObject ReportsBucket/reports/*',
      's3:GetObject ReportsBucket/requests/*',
      's3:ListBucket ReportsBucket',
      's3:ListBucket ReportsBucket',
      's3:ListBucket ReportsBucket',
      's3:PutObject ReportsBucket/reports/*',
      'sqs:ChangeMessageVisibility QueueJobs',
      'sqs:DeleteMessage QueueJobs',
      'sqs:GetQueueAttributes QueueJobs',
      'sqs:ReceiveMessage QueueJobs',
    ]);
  });

  it('status reads rows and signs links to reports', () => {
    expect(powers('status')).toEqual(['dynamodb:GetItem JobsTable', 's3:GetObject ReportsBucket/reports/*']);
  });

  it('cancel reads and moves rows', () => {
    expect(powers('cancel')).toEqual(['dynamodb:GetItem JobsTable', 'dynamodb:UpdateItem JobsTable']);
  });

  it('list finds the jobs of a tenant and reads them', () => {
    expect(powers('list')).toEqual(['dynamodb:BatchGetItem JobsTable', 'dynamodb:Query JobsTable/index/byTenant']);
  });

  it('redrive moves rows, sends, and looks whether requests and datasets are there', () => {
    expect(powers('redrive')).toEqual([
      'dynamodb:GetItem JobsTable',
      'dynamodb:UpdateItem JobsTable',
      's3:GetObject ReportsBucket/datasets/*',
      's3:GetObject ReportsBucket/requests/*',
      's3:ListBucket ReportsBucket',
      's3:ListBucket ReportsBucket',
      'sqs:SendMessage QueueJobs',
    ]);
  });

  it('shares reads and changes rows', () => {
    expect(powers('shares')).toEqual(['dynamodb:GetItem JobsTable', 'dynamodb:UpdateItem JobsTable']);
  });

  it('files reads and counts in rows, and signs links to reports', () => {
    expect(powers('files')).toEqual([
      'dynamodb:GetItem JobsTable',
      'dynamodb:UpdateItem JobsTable',
      's3:GetObject ReportsBucket/reports/*',
    ]);
  });

  it('datasets signs links to upload datasets with, and looks at them', () => {
    expect(powers('datasets')).toEqual([
      's3:GetObject ReportsBucket/datasets/*',
      's3:ListBucket ReportsBucket',
      's3:PutObject ReportsBucket/datasets/*',
    ]);
  });

  it('openApi does nothing but answer', () => {
    expect(powers('openApi')).toEqual([]);
  });

  it('sweeper finds what is due, moves it, sends, and looks at reports and takes away', () => {
    expect(powers('sweeper')).toEqual([
      'dynamodb:GetItem JobsTable',
      'dynamodb:Query JobsTable/index/sweep',
      'dynamodb:UpdateItem JobsTable',
      's3:DeleteObject ReportsBucket/reports/*',
      's3:GetObject ReportsBucket/reports/*',
      's3:ListBucket ReportsBucket',
      'sqs:SendMessage CallbackQueueCallbacks',
      'sqs:SendMessage QueueJobs',
    ]);
  });

  it('notify follows the stream, publishes, and sends to the callback queue', () => {
    expect(powers('notify').map((power) => power.replace(/:\S*StreamArn\}?/, ':stream'))).toEqual([
      expect.stringContaining('dynamodb:DescribeStream'),
      expect.stringContaining('dynamodb:GetRecords'),
      expect.stringContaining('dynamodb:GetShardIterator'),
      expect.stringContaining('dynamodb:ListStreams'),
      expect.stringMatching(/^events:PutEvents .*event-bus\/default$/),
      'sqs:SendMessage CallbackQueueCallbacks',
      'sqs:SendMessage CallbackQueueDeadLetters',
    ]);
  });

  it('callback reads and writes rows, takes and sends messages, and reads the master secret', () => {
    expect(powers('callback')).toEqual([
      'dynamodb:GetItem JobsTable',
      'dynamodb:UpdateItem JobsTable',
      expect.stringMatching(/^secretsmanager:GetSecretValue \$\{CallbackQueueSecret\w+\.Id\}$/),
      'sqs:DeleteMessage CallbackQueueCallbacks',
      'sqs:GetQueueAttributes CallbackQueueCallbacks',
      'sqs:ReceiveMessage CallbackQueueCallbacks',
      'sqs:SendMessage CallbackQueueCallbacks',
      'sqs:SendMessage CallbackQueueDeadLetters',
    ]);
  });

  it('callback-secret reads the master secret and nothing else', () => {
    expect(powers('callbackSecret')).toEqual([
      expect.stringMatching(/^secretsmanager:GetSecretValue \$\{CallbackQueueSecret\w+\.Id\}$/),
    ]);
  });

  it('dead-letter takes dead letters, moves jobs, and looks at reports', () => {
    expect(powers('deadLetter')).toEqual([
      'dynamodb:GetItem JobsTable',
      'dynamodb:UpdateItem JobsTable',
      's3:GetObject ReportsBucket/reports/*',
      's3:ListBucket ReportsBucket',
      'sqs:DeleteMessage QueueDeadLetters',
      'sqs:GetQueueAttributes QueueDeadLetters',
      'sqs:ReceiveMessage QueueDeadLetters',
    ]);
  });

  it.each(FUNCTIONS)('%s names every action in full', (name) => {
    const actions = statementsOf(prod, name).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it.each(FUNCTIONS)('%s has no wildcard but below a folder of the bucket, and for X-Ray', (name) => {
    const wild = statementsOf(prod, name)
      .filter(({ Action }) => ![Action].flat().every((action) => action.startsWith('xray:')))
      .flatMap(({ Resource }) => Resource)
      .map(named)
      .filter((resource) => resource.includes('*'));
    expect(wild.filter((resource) => !/^ReportsBucket\/(requests|datasets|reports)\/\*$/.test(resource))).toEqual([]);
  });

  it.each(FUNCTIONS)('%s lists the bucket within a folder only', (name) => {
    const listing = statementsOf(prod, name).filter(({ Action }) => [Action].flat().includes('s3:ListBucket'));
    for (const { Condition } of listing) {
      expect(JSON.stringify(Condition)).toMatch(
        /^\{"StringLikeIfExists":\{"s3:prefix":"(requests|datasets|reports)\/\*"\}\}$/,
      );
    }
  });

  it.each(FUNCTIONS)('%s logs to its own group alone', (name) => {
    const logging = statementsOf(prod, name).filter(({ Action }) => [Action].flat().some((a) => a.startsWith('logs:')));
    expect(logging).toHaveLength(1);
    expect(text(logging[0]?.Resource).toLowerCase()).toContain(`${name.toLowerCase()}functionlogs`);
  });
});

it('no function shares its role with another', () => {
  const roles = resources(prod, 'AWS::Lambda::Function').map(([, { Properties }]) => text(Properties.Role));
  expect(roles).toHaveLength(FUNCTIONS.length);
  expect(new Set(roles).size).toBe(roles.length);
});

it('no role of a function has a managed policy', () => {
  const roles = resources(prod, 'AWS::IAM::Role').filter(([id]) => id.includes('FunctionRole'));
  expect(roles.map(([, { Properties }]) => Properties.ManagedPolicyArns)).toEqual(FUNCTIONS.map(() => undefined));
});
