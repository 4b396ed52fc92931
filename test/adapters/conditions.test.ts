import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { DynamoJobTable } from '../../lambdas/adapters/dynamo-job-table.ts';
import { S3ReportStore } from '../../lambdas/adapters/s3-report-store.ts';
import { MemoryService, request } from '../support/memory/service.ts';

const REGION = { region: 'eu-west-1' };
const NEVER = new AbortController().signal;
const MEBIBYTE = 1024 * 1024;

/** The commands that a client would send, in order; each is answered with `output` instead. */
function intercept(client: S3Client | DynamoDBClient, output: object): { name: string; input: object }[] {
  const sent: { name: string; input: object }[] = [];
  const stack = client.middlewareStack as S3Client['middlewareStack'];
  stack.add(
    (_next, { commandName }) =>
      async ({ input }) => {
        sent.push({ name: String(commandName), input });
        return { output: { $metadata: {}, ...output }, response: {} };
      },
    { step: 'initialize', priority: 'high' },
  );
  return sent;
}

/** The guards that only the service itself can keep have to reach it; that it keeps them, the contract suites show. */
describe('a report is published only where no object stands', () => {
  it.each([
    ['PutObjectCommand', 1],
    ['CompleteMultipartUploadCommand', 9],
  ])('by %s, at %i MiB', async (command, mebibytes) => {
    const client = new S3Client(REGION);
    const sent = intercept(client, { UploadId: 'u1', ETag: '"e"' });
    const label = { jobId: 'j', generation: 1, attempt: 1, requestHash: 'h' };
    const upload = new S3ReportStore(client, 'bucket').open('reports/t/j/1/f.xlsx', 'text/plain', label, NEVER);
    await upload.write(Buffer.alloc(mebibytes * MEBIBYTE));
    expect(await upload.commit()).toBe('committed');
    expect(sent.at(-1)).toMatchObject({ name: command, input: { IfNoneMatch: '*' } });
  });
});

it('a job is created only where no row stands', async () => {
  const service = new MemoryService();
  await service.post(request());
  const [job] = service.table.all();
  const client = new DynamoDBClient(REGION);
  const sent = intercept(client, {});
  if (job?.status === 'queued') await new DynamoJobTable(client, 'jobs').create(job);
  const condition = { ConditionExpression: 'attribute_not_exists(id)' };
  expect(sent).toMatchObject([{ name: 'PutItemCommand', input: condition }]);
});

it('a row is read as it stands now, not as some replica has it', async () => {
  const client = new DynamoDBClient(REGION);
  const sent = intercept(client, {});
  expect(await new DynamoJobTable(client, 'jobs').read('j')).toBeUndefined();
  expect(sent).toMatchObject([{ name: 'GetItemCommand', input: { ConsistentRead: true } }]);
});
