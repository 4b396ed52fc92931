import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/faults.ts';
import { api, output, sqs } from '../support/target.ts';
import { keyed, smallRequest } from './requests.ts';

const JUNK = [
  'not json',
  '{}',
  '[]',
  '{"jobId":"","generation":1}',
  '{"jobId":"x","generation":"1"}',
  `{"jobId":"${'j'.repeat(100_000)}"}`,
];
const GOOD = 100;
/** An emulator runs a process for every call that is under way: more clients would only wait for each other. */
const LANES = 4;

async function messagesIn(queue: 'QueueUrl' | 'DeadLetterQueueUrl'): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: output(queue),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, n) => sum + Number(n), 0);
}

async function inLanes<T>(times: number, lanes: number, call: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let left = times;
  const lane = async () => {
    while (left-- > 0) results.push(await call());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

describe('R11: messages that are none of ours', () => {
  it('end in the dead-letter queue, while a hundred jobs beside them end done at their first attempt', async () => {
    const before = await messagesIn('DeadLetterQueueUrl');
    // Of tests before this one: the message of a killed worker is invisible for minutes.
    const leftOver = await messagesIn('QueueUrl');
    const send = (MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: output('QueueUrl'), MessageBody }));
    const post = () => api.generate(smallRequest('xlsx'), keyed());
    const [jobs] = await Promise.all([inLanes(GOOD, LANES, post), ...JUNK.map(send)]);

    const waiting = jobs.map(({ id }) => id);
    const ended = await inLanes(GOOD, LANES, () => api.ended(waiting.shift() ?? '', { pollMs: 250 }));
    expect(ended.map(({ status, attempt }) => `${status} ${attempt}`)).toEqual(Array(GOOD).fill('done 1'));
    await eventually(async () => (await messagesIn('DeadLetterQueueUrl')) === before + JUNK.length, 60_000);
    await eventually(async () => (await messagesIn('QueueUrl')) <= leftOver, 60_000);
  });
});
