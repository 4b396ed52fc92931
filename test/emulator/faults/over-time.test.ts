import { setTimeout as sleep } from 'node:timers/promises';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { eventually, rowOf, withEnvironment } from '../../support/faults.ts';
import { api, dynamo, output, sqs } from '../../support/target.ts';
import { smallRequest } from '../requests.ts';
import { aKey, lockOf, useFaultProxy } from './support/scene.ts';
import { refuse } from './support/treatments.ts';

const SWEEP_INTERVAL_SECONDS = 60;
const UNSENT_GRACE_SECONDS = 10;

describe('as time goes by', () => {
  const proxy = useFaultProxy();
  const doneJob = async () => {
    const { id, headers } = aKey();
    await api.generate(smallRequest('xlsx'), headers);
    return api.ended(id, { pollMs: 200 });
  };

  it.concurrent('R1: the schedule alone picks up a job that was never sent, within two of its rounds', async ({
    expect,
  }) => {
    const { id, headers } = aKey();
    const mend = proxy().when(({ step, subject }) => (step === 'send' && subject === id ? refuse : undefined));
    await api.generate(smallRequest('xlsx'), headers);
    mend();
    const limit = (UNSENT_GRACE_SECONDS + 2 * SWEEP_INTERVAL_SECONDS) * 1000;
    await eventually(async () => (await rowOf(id)).status === 'done', limit);
    expect(await rowOf(id)).toMatchObject({ status: 'done', attempt: 1 });
  });

  it.concurrent('R21: messages of a job that is done are taken away, and neither row nor file is touched', async ({
    expect,
  }) => {
    const { id } = await doneJob();
    const row = await rowOf(id);
    const MessageBody = JSON.stringify({ jobId: id, generation: 1 });
    for (let i = 0; i < 3; i++) await sqs.send(new SendMessageCommand({ QueueUrl: output('QueueUrl'), MessageBody }));
    const claims = () => proxy().calls.filter((call) => call.subject === id && call.step === 'claim').length;
    await eventually(async () => claims() === 4);
    expect(await rowOf(id)).toEqual(row);
    expect(proxy().calls.filter((call) => call.subject === id && call.step === 'put')).toHaveLength(1);
  });

  it.concurrent('R21: work that was done under this or any other name of the function is remembered, not done again', async ({
    expect,
  }) => {
    const { id, report } = await doneJob();
    // As if the row had never learned of it: back in the queue, under the same generation.
    await dynamo.send(
      new UpdateItemCommand({
        TableName: output('JobsTable'),
        Key: marshall({ id }),
        UpdateExpression:
          'SET #status = :queued, attempt = :zero, tries = :zero, sends = :zero REMOVE report, finishedAt',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: marshall({ ':queued': 'queued', ':zero': 0 }),
      }),
    );
    const MessageBody = JSON.stringify({ jobId: id, generation: 1 });
    await sqs.send(new SendMessageCommand({ QueueUrl: output('QueueUrl'), MessageBody }));
    const again = await api.ended(id, { pollMs: 200 });
    expect(again).toMatchObject({ status: 'done', report: { sha256: report?.sha256 } });
    const calls = proxy().calls.filter(({ subject }) => subject === id || subject === lockOf(id));
    expect(calls.filter(({ step }) => step === 'put')).toHaveLength(1);
    // The record's key names the job and nothing of the function.
    expect(calls.some(({ step, subject }) => step === 'lock' && subject === lockOf(id))).toBe(true);
  });

  it.concurrent('R22: a report whose retention is over is gone, and no link is made for it', async ({ expect }) => {
    const { id } = await doneJob();
    await dynamo.send(
      new UpdateItemCommand({
        TableName: output('JobsTable'),
        Key: marshall({ id }),
        UpdateExpression: 'SET reportExpiresAt = :past',
        ExpressionAttributeValues: marshall({ ':past': Math.floor(Date.now() / 1000) - 1 }),
      }),
    );
    const answer = await api.get(id);
    const text = await answer.text();
    expect(answer.status).toBe(410);
    expect(text).not.toMatch(/X-Amz|https?:/);
  });

  // By itself: the emulator kills the function whose environment changes, and what it was just asked goes unanswered.
  it('R22: a link downloads its file until it expires, and then no more', async () => {
    const { id } = await doneJob();
    const briefly = () => ({ LINK_SECONDS: '8' });
    const { url, expiresAt } = await withEnvironment('StatusFunction', briefly, async () => {
      const { report } = await api.status(id);
      const link = { url: report?.url ?? '', expiresAt: Date.parse(report?.urlExpiresAt ?? '') };
      expect((await fetch(link.url)).status).toBe(200);
      return link;
    });
    await sleep(expiresAt - Date.now() + 1_500);
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch((await api.status(id)).report?.url ?? '')).status).toBe(200);
  });
});
