import { contract } from '../contract.ts';
import { jobQueues, MAX_RECEIVES, type QueueBench, VISIBILITY } from './implementations.ts';

const MESSAGE_LIMIT = 1024 * 1024;
const message = (jobId: string) => ({ jobId, generation: 1 });

/** The next message, as soon as there is one: how soon that is depends on how busy the machine is. */
async function received(bench: QueueBench) {
  const message = await bench.awaitMessage();
  if (message === undefined) throw new Error('nothing to receive');
  return message;
}

contract('the job queue', jobQueues(), (it) => {
  const firstMessage = async (bench: QueueBench) => {
    await bench.queue.send(message('j'), 'tenant');
    return received(bench);
  };

  it('delivers a message as it was sent, for the first time', async (bench, expect) => {
    const { body, receives, receiptHandle } = await firstMessage(bench);
    expect(JSON.parse(body)).toEqual(message('j'));
    expect(receives).toBe(1);
    await bench.delete(receiptHandle);
  });

  it('delivers two equal messages twice', async (bench, expect) => {
    await bench.queue.send(message('twin'), 'tenant');
    await bench.queue.send(message('twin'), 'tenant');
    const [one, two] = [await received(bench), await received(bench)];
    expect(one.body).toBe(two.body);
    expect(one.receiptHandle).not.toBe(two.receiptHandle);
  });

  it('hides a message while it is worked on, and delivers it again when nobody deletes it', async (bench, expect) => {
    const first = await firstMessage(bench);
    expect(await bench.receive()).toBeUndefined();
    await bench.pass(VISIBILITY);
    const second = await received(bench);
    expect(second).toMatchObject({ body: first.body, receives: 2 });
    expect(second.receiptHandle).not.toBe(first.receiptHandle);
    await bench.delete(second.receiptHandle);
  });

  it('does not mind a second deletion', async (bench) => {
    const { receiptHandle } = await firstMessage(bench);
    await bench.delete(receiptHandle);
    await bench.delete(receiptHandle);
  });

  it('never delivers a deleted message again', async (bench, expect) => {
    const { receiptHandle } = await firstMessage(bench);
    await bench.delete(receiptHandle);
    await bench.pass(VISIBILITY);
    expect(await bench.receive()).toBeUndefined();
  });

  it('delivers a message at once that is returned after no time', async (bench, expect) => {
    const first = await firstMessage(bench);
    await bench.delivery(first).returnAfter(0);
    const second = await received(bench);
    expect(second.receives).toBe(2);
    await bench.delete(second.receiptHandle);
  });

  it('delivers a message later than its visibility that is returned after longer', async (bench, expect) => {
    const first = await firstMessage(bench);
    await bench.delivery(first).returnAfter(2 * VISIBILITY);
    await bench.pass(VISIBILITY);
    expect(await bench.receive()).toBeUndefined();
    await bench.pass(VISIBILITY);
    await bench.delete((await received(bench)).receiptHandle);
  });

  it('takes no return of a message that is visible again', async (bench, expect) => {
    const first = await firstMessage(bench);
    await bench.pass(VISIBILITY);
    await expect(bench.delivery(first).returnAfter(5)).rejects.toThrow();
    await bench.delete((await received(bench)).receiptHandle);
  });

  it('takes no return of a message that is deleted', async (bench, expect) => {
    const first = await firstMessage(bench);
    await bench.delete(first.receiptHandle);
    await expect(bench.delivery(first).returnAfter(0)).rejects.toThrow();
  });

  it('takes no return from a receiver whose message somebody else has received since', async (bench, expect) => {
    const first = await firstMessage(bench);
    await bench.delivery(first).returnAfter(0);
    const second = await received(bench);
    await expect(bench.delivery(first).returnAfter(0)).rejects.toThrow();
    expect(await bench.receive()).toBeUndefined();
    await bench.delete(second.receiptHandle);
  });

  it(`moves a message that was received ${MAX_RECEIVES} times to the dead-letter queue`, async (bench, expect) => {
    await bench.queue.send(message('poison'), 'tenant');
    for (let receives = 1; receives <= MAX_RECEIVES; receives++) {
      const message = await received(bench);
      expect(message.receives).toBe(receives);
      await bench.delivery(message).returnAfter(0);
    }
    expect(await bench.receive()).toBeUndefined();
    expect(JSON.parse((await bench.deadLetter()) ?? '')).toEqual(message('poison'));
    await bench.pass(VISIBILITY);
    expect(await bench.receive()).toBeUndefined();
  });

  it('refuses a message of more than 1 MiB', async (bench, expect) => {
    await expect(bench.send('m'.repeat(MESSAGE_LIMIT + 1))).rejects.toThrow();
  });

  it('takes a message of 1 MiB', async (bench) => {
    await bench.send('m'.repeat(MESSAGE_LIMIT));
    await bench.delete((await received(bench)).receiptHandle);
  });

  it('refuses a message group with a space in it, or of more than 128 characters', async (bench, expect) => {
    await expect(bench.queue.send(message('j'), 'two words')).rejects.toThrow();
    await expect(bench.queue.send(message('j'), 'g'.repeat(129))).rejects.toThrow();
  });
});
