import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CallbackAnswer, CallbackPost } from '../../../lambdas/domain/callback.ts';
import { CALLBACK_TRIES } from '../../../lambdas/domain/callback-schedule.ts';
import { callbackKeys } from '../../../lambdas/domain/callback-signature.ts';
import { redrive } from '../../../lambdas/domain/transitions.ts';
import { deliver } from '../../../lambdas/functions/callback/deliver.ts';
import { sweep } from '../../../lambdas/functions/sweeper/sweep.ts';
import { MemoryCallbackQueue } from '../../support/memory/callback-queue.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

const MASTER = Buffer.alloc(32, 7);
const URL = 'https://receiver.example/hook';

/** A receiver that answers what it is told to, and keeps what it got. */
class Receiver {
  readonly got: CallbackPost[] = [];
  answers: CallbackAnswer[] = [];

  async post(callback: CallbackPost): Promise<CallbackAnswer> {
    this.got.push(callback);
    return this.answers.shift() ?? { kind: 'answered', status: 204 };
  }
}

let service: MemoryService;
let receiver: Receiver;
let undelivered: MemoryCallbackQueue;
beforeEach(() => {
  service = new MemoryService();
  receiver = new Receiver();
  undelivered = new MemoryCallbackQueue(undefined, [], 'undelivered');
});

const ports = () => ({
  ...service.ports,
  sender: receiver,
  secrets: { masters: async () => [MASTER] },
  undelivered,
  random: () => 0.5,
});
const round = () => sweep(service.ports, SETTINGS, () => false);
const row = (id: string) => service.table.get(id) as unknown as Record<string, unknown>;
const answered = (status: number): CallbackAnswer => ({ kind: 'answered', status });

/** A job with a callback that has ended well. */
async function done(): Promise<string> {
  const { job } = await service.post({ ...request(), callbackUrl: URL }, 'k');
  await service.deliver();
  return job.id;
}

/** One try, as the queue would bring it. */
const attempt = (id: string, generation = 1) => deliver(JSON.stringify({ jobId: id, generation }), ports());

describe('a callback', () => {
  it("is signed so that the standard's own verifier takes it, and tells no more than where to look", async () => {
    const id = await done();
    service.clock.advance((Date.now() - service.clock.now()) / 1000);
    await attempt(id);
    const [got] = receiver.got;
    const { secret } = callbackKeys(MASTER, TENANT);
    expect(got?.url).toBe(URL);
    expect(new Webhook(secret).verify(got?.body ?? '', got?.headers ?? {})).toEqual({
      type: 'report.done',
      timestamp: row(id).finishedAt,
      data: {
        id,
        status: 'done',
        format: request().format,
        reference: null,
        generation: 1,
        code: null,
        links: { self: `https://api.example.com/prod/status/${id}` },
      },
    });
  });

  it('that was taken is told no more, whoever brings its message', async () => {
    const id = await done();
    await attempt(id);
    await attempt(id);
    expect(receiver.got).toHaveLength(1);
    expect(row(id)).toMatchObject({ callbackState: 'delivered', callbackAttempts: 1, callbackStatus: 204 });
    expect(row(id)).not.toHaveProperty('sweepShard');
    service.clock.advance(86_400);
    expect(await round()).toEqual({});
  });

  it('bears the same id on every try', async () => {
    const id = await done();
    receiver.answers = [answered(500), answered(503)];
    for (let i = 0; i < 3; i += 1) await attempt(id);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([`msg_${id}_1`]));
    expect(row(id)).toMatchObject({ callbackState: 'delivered', callbackAttempts: 3 });
  });

  it('that failed is sent again by the queue after five seconds, and by the sweeper after longer waits', async () => {
    const id = await done();
    receiver.answers = [answered(500), answered(302)];
    await attempt(id);
    expect(service.callbacks).toEqual([{ jobId: id, generation: 1, delay: 5 }]);
    await attempt(id);
    expect(service.callbacks).toHaveLength(1);
    service.clock.advance(299);
    expect(await round()).toEqual({});
    service.clock.advance(2);
    expect(await round()).toEqual({ told: 1 });
    expect(service.callbacks).toHaveLength(2);
  });

  it('whose first message was lost is sent for by the sweeper', async () => {
    await done();
    service.clock.advance(61);
    expect(await round()).toEqual({ told: 1 });
    expect(service.callbacks).toHaveLength(1);
    expect(await round()).toEqual({});
  });

  it('that nobody takes is tried eight times, then put away, and told as failed', async () => {
    const id = await done();
    receiver.answers = Array.from({ length: CALLBACK_TRIES }, () => ({ kind: 'unreachable', detail: 'no' }) as const);
    for (let i = 0; i < CALLBACK_TRIES + 2; i += 1) await attempt(id);
    expect(receiver.got).toHaveLength(CALLBACK_TRIES);
    expect(undelivered.sent).toEqual([{ jobId: id, generation: 1, delay: 0 }]);
    expect(row(id)).toMatchObject({ callbackState: 'failed', callbackAttempts: CALLBACK_TRIES, callbackStatus: null });
  });

  it('to a receiver that is gone for good is tried once', async () => {
    const id = await done();
    receiver.answers = [answered(410)];
    await attempt(id);
    await attempt(id);
    expect(receiver.got).toHaveLength(1);
    expect(row(id)).toMatchObject({ callbackState: 'failed', callbackStatus: 410 });
  });

  it('waits as long as its receiver asks for', async () => {
    const id = await done();
    receiver.answers = [{ kind: 'answered', status: 429, retryAfter: 900 }];
    await attempt(id);
    service.clock.advance(899);
    expect(await round()).toEqual({});
    service.clock.advance(2);
    expect(await round()).toEqual({ told: 1 });
  });

  it('of a job that was opened again is not told of its old end', async () => {
    const id = await done();
    const failed = { ...(service.table.get(id) as object), status: 'error', error: { code: 'INTERNAL' } };
    service.table.rows.set(id, failed as never);
    const now = service.clock.now();
    await service.ports.jobs.change(id, redrive(failed as never, now, now, 2_000_000_000));
    await attempt(id);
    await round();
    await service.deliver();
    await attempt(id);
    expect(receiver.got).toHaveLength(0);
    await attempt(id, 2);
    expect(receiver.got[0]?.headers['webhook-id']).toBe(`msg_${id}_2`);
  });

  it('whose outcome could not be written is told again', async () => {
    const id = await done();
    service.faults.refuse('jobs.recordCallback');
    await expect(attempt(id)).rejects.toThrow();
    await attempt(id);
    expect(receiver.got).toHaveLength(2);
    expect(row(id)).toMatchObject({ callbackState: 'delivered', callbackAttempts: 1 });
  });
});

it('a job that asked for no callback leaves the sweep index when it ends', async () => {
  const { job } = await service.post(request(), 'k');
  await service.deliver();
  expect(row(job.id)).not.toHaveProperty('sweepAt');
  await attempt(job.id);
  expect(receiver.got).toHaveLength(0);
});

describe('a callback address', () => {
  it('of a network that is not public is refused with its pointer', async () => {
    const post = service.post({ ...request(), callbackUrl: 'http://receiver.example/' });
    await expect(post).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      faults: [{ pointer: '/callbackUrl', code: 'INVALID_VALUE', detail: 'must be an https address' }],
    });
  });
});
