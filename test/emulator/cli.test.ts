import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../client/index.ts';
import { quire } from '../cli/world.ts';
import { sqs, target } from '../support/target.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quire-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  const [{ accessKeyId, secretAccessKey, sessionToken }, region] = await Promise.all([
    sqs.config.credentials(),
    sqs.config.region(),
  ]);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
  vi.stubEnv('AWS_REGION', region);
});
afterEach(() => vi.unstubAllEnvs());

const run = (...argv: string[]) =>
  quire(['--address', target.api, '--auth', target.signed ? 'iam' : 'none', '--json', ...argv], {
    environment: { ...process.env, QUIRE_CONFIG: '/nowhere' },
  });

/** What a command printed, which ended well. */
async function printed<T>(...argv: string[]): Promise<T> {
  const { code, out, err } = await run(...argv);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out.toString()) as T;
}

describe('the command line against the service', () => {
  it('makes a report that the list finds and a link opens without credentials, until that is ended', async () => {
    const rows = join(folder, 'sales.csv');
    const file = join(folder, 'sales.xlsx');
    writeFileSync(rows, 'region,total\nNorth,1\nSouth,2\n');
    const reference = `cli-${Date.now()}`;
    const job = await printed<Job>('generate', rows, '--out', file, '--reference', reference);
    const listed = await printed<Job[]>('list', '--reference', reference, '--status', 'done', '--newer-than', '1h');
    expect(listed.map(({ id }) => id)).toEqual([job.id]);

    const link = await printed<{ id: string; url: string }>('share', job.id, '--days', '2', '--downloads', '3');
    const opened = await fetch(link.url);
    expect(Buffer.from(await opened.arrayBuffer())).toEqual(readFileSync(file));
    expect(await printed<unknown[]>('share', job.id, '--list')).toMatchObject([
      { id: link.id, downloads: { used: 1 } },
    ]);
    expect((await run('share', job.id, '--revoke', link.id)).code).toBe(0);
    expect((await fetch(link.url)).status).toBe(404);
    expect((await run('share', job.id, '--revoke', link.id)).code).toBe(3);
  });

  it('opens a failed job again, by its id and by its code', async () => {
    const rows = join(folder, 'broken.csv');
    writeFileSync(rows, 'a,b\n1,2\n3\n');
    const reference = `broken-${Date.now()}`;
    const failed = await run('generate', rows, '--out', join(folder, 'broken.xlsx'), '--reference', reference);
    expect({ code: failed.code, told: failed.err.includes('DATASET_MALFORMED') }).toEqual({ code: 4, told: true });
    const [job] = await printed<Job[]>('list', '--reference', reference);
    const [opened] = await printed<Job[]>('redrive', job?.id ?? '');
    expect(opened).toMatchObject({ id: job?.id, generation: 2 });

    // The rows are as broken as they were.
    const chosen = ['redrive', '--code', 'DATASET_MALFORMED', '--reference', reference];
    const failedAgain = () => printed<Job[]>('list', '--reference', reference, '--status', 'error');
    await vi.waitFor(async () => expect(await failedAgain()).toHaveLength(1), { timeout: 60_000, interval: 300 });
    expect(await printed<Job[]>(...chosen)).toMatchObject([{ id: job?.id, generation: 2 }]);
    expect(await printed<Job[]>(...chosen, '--yes')).toMatchObject([{ id: job?.id, generation: 3 }]);
  });
});

describe('quire inspect dead-letters', () => {
  it('shows every message once and leaves it there', async () => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `inspected-${Date.now()}` }));
    try {
      const bodies = Array.from({ length: 12 }, (_, i) => JSON.stringify({ jobId: `j${i}`, generation: 2 }));
      for (const MessageBody of [...bodies, 'junk']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      const letters = await printed<{ jobId: string | null; body: string }[]>(
        'inspect',
        'dead-letters',
        '--queue',
        QueueUrl,
      );
      expect(letters.map(({ body }) => body).toSorted()).toEqual([...bodies, 'junk'].toSorted());
      expect(letters.find(({ body }) => body === 'junk')?.jobId).toBeNull();
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      expect(Messages.length).toBeGreaterThan(0);
    } finally {
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    }
  });
});
