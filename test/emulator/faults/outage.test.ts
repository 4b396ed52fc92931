import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, it } from 'vitest';
import { eventually, rowOf } from '../../support/faults.ts';
import { api, output, s3 } from '../../support/target.ts';
import { largeRequest, smallRequest } from '../requests.ts';
import type { Step } from './support/call.ts';
import { aKey, giveUpOn, sendAgain, useFaultProxy } from './support/scene.ts';
import { inLanes } from './support/settled.ts';
import { cutRequest, refuse, type Treatment } from './support/treatments.ts';

describe('a service that is out of reach', () => {
  const proxy = useFaultProxy();
  const someJobs = (count: number) => {
    const keys = Array.from({ length: count }, aKey);
    const ids = new Set(keys.map(({ id }) => id));
    return { keys, ids };
  };
  const post = ({ headers }: { headers: Record<string, string> }) => api.post(smallRequest('xlsx'), headers);
  /** The SDK tries three times: whoever lost all three answers is told 503, and comes again. */
  const postUntilAnswered = async (key: { headers: Record<string, string> }) => {
    let answer = await post(key);
    while (answer.status === 503) answer = await post(key);
    return answer;
  };
  /** Treats a step of all attempts but those from the n-th on; tells how many there were. */
  const untilAttempt = (n: number, id: string, step: Step, treatment: Treatment) => {
    let claims = 0;
    return proxy().when((call) => {
      if (call.subject !== id) return undefined;
      if (call.step === 'claim') claims += 1;
      return call.step === step && claims < n ? treatment : undefined;
    });
  };
  /** Every put of a report goes wrong, until it is mended. */
  const breaking = (id: string, treatment: Treatment) =>
    proxy().when((call) => (call.subject === id && call.step === 'put' ? treatment : undefined));
  const isGivenBack = async (id: string, attempt: number) => {
    const row = await rowOf(id);
    // Another message of the job may have brought it to the next attempt already.
    return Number(row.attempt) >= attempt && row.leaseUntil === 0;
  };
  const failAttempts = async (id: string, attempts: number) => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      await eventually(() => isGivenBack(id, attempt));
      await giveUpOn(id);
    }
  };

  it.concurrent('R2: twenty requests are accepted while the queue takes no message, and done when it does again', async ({
    expect,
  }) => {
    const { keys, ids } = someJobs(20);
    const mend = proxy().when(({ step, subject }) => (step === 'send' && ids.has(subject) ? refuse : undefined));
    const answers = await inLanes(keys, 4, post);
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
    for (const { id } of keys.slice(0, 2)) {
      // The sweeper's tries fail as well, and leave the row as it was: overdue.
      await sendAgain(id);
      const row = await rowOf(id);
      expect(row).toMatchObject({ status: 'queued', attempt: 0, sends: 0 });
      expect(row.sweepAt).toBeLessThan(Date.now());
    }
    mend();
    for (const { id } of keys) await sendAgain(id);
    const ended = await inLanes(keys, 4, ({ id }) => api.ended(id, { pollMs: 500 }));
    expect(ended.map(({ status, attempt }) => `${status} ${attempt}`)).toEqual(Array(20).fill('done 1'));
  });

  it.concurrent('refuses requests while the table takes no rows, with 503 and when to come again, and then accepts them', async ({
    expect,
  }) => {
    const { keys, ids } = someJobs(6);
    const mend = proxy().when(({ step, subject }) => (step === 'create' && ids.has(subject) ? refuse : undefined));
    const refused = await inLanes(keys, 3, post);
    expect(refused.map((answer) => `${answer.status} ${answer.headers.get('retry-after')}`)).toEqual(
      Array(6).fill('503 5'),
    );
    mend();
    expect((await inLanes(keys, 3, post)).map(({ status }) => status)).toEqual(Array(6).fill(202));
  });

  it.concurrent('keeps the file of a worker that can neither finish the row nor give it back', async ({ expect }) => {
    const { id, headers } = aKey();
    const mends = (['finish', 'giveBackUncounted'] as const).map((step) => untilAttempt(2, id, step, refuse));
    await api.generate(smallRequest('pdf'), headers);
    const givingBack = () =>
      proxy().calls.filter((call) => call.subject === id && call.step === 'giveBackUncounted').length;
    await eventually(async () => givingBack() === 3);
    const { sha256 } = ((await rowOf(id)).staged as { sha256: string }[])[0] ?? { sha256: 'none' };
    await eventually(async () => (await rowOf(id)).leaseUntil !== 0 && givingBack() === 3);
    await giveUpOn(id);
    expect(await api.ended(id, { pollMs: 200 })).toMatchObject({ status: 'done', attempt: 2, report: { sha256 } });
    for (const mend of mends) mend();
  });

  it.concurrent('makes attempts fail for as long as the bucket is away, uses up no try, and ends done', async ({
    expect,
  }) => {
    const { id, headers } = aKey();
    const mend = breaking(id, refuse);
    await api.generate(smallRequest('xlsx'), headers);
    await failAttempts(id, 5);
    mend();
    const { status, attempt } = await api.ended(id, { pollMs: 200 });
    expect(status).toBe('done');
    expect(attempt).toBeGreaterThan(5);
    expect(await rowOf(id)).toMatchObject({ tries: 1 });
  });

  it.concurrent('R14: ends each attempt within five seconds whose upload breaks in the middle, and makes no short file', async ({
    expect,
  }) => {
    const { id, headers } = aKey();
    const mend = breaking(id, cutRequest);
    await api.generate(smallRequest('xlsx'), headers);
    await failAttempts(id, 3);
    mend();
    expect(await api.ended(id, { pollMs: 200 })).toMatchObject({ status: 'done', report: { rows: 3 } });
    expect(attemptsOf(id).length).toBeGreaterThan(3);
    for (const milliseconds of attemptsOf(id)) expect(milliseconds).toBeLessThan(5_000);
  });

  it.concurrent('R14: ends a job in error whose rows are cut off in the bucket, and never makes a short file of them', async ({
    expect,
  }) => {
    const { id, headers } = aKey();
    let key = '';
    let free = () => {};
    const isFree = new Promise<void>((resolve) => {
      free = resolve;
    });
    proxy().when((call) => {
      if (call.subject !== id || call.step !== 'load') return undefined;
      return async (exchange) => {
        await isFree;
        exchange.answer(await exchange.forward());
      };
    });
    await api.generate(largeRequest('xlsx', 400), headers);
    key = ((await rowOf(id)).request as { key: string }).key;
    await s3.send(
      new PutObjectCommand({ Bucket: output('Bucket'), Key: key, Body: Buffer.from('1f8b08000000', 'hex') }),
    );
    free();
    expect(await api.ended(id, { pollMs: 200 })).toMatchObject({
      status: 'error',
      attempt: 1,
      error: { code: 'REQUEST_UNREADABLE', retryable: false },
    });
  });

  it.concurrent('R3: one key posted fifty times at once while replies of the table are lost is one job with one file', async ({
    expect,
  }) => {
    const { id, headers } = aKey();
    let creates = 0;
    proxy().when((call) => {
      if (call.subject !== id || call.step !== 'create') return undefined;
      creates += 1;
      return creates % 3 === 1 ? async (exchange) => exchange.forward().then(() => exchange.cut()) : undefined;
    });
    const answers = await inLanes(Array(50).fill({ headers }), 10, postUntilAnswered);
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(202));
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[];
    expect(new Set(bodies.map((body) => body.id))).toEqual(new Set([id]));
    expect((await api.post(smallRequest('pdf'), headers)).status).toBe(422);
    expect(await api.ended(id, { pollMs: 200 })).toMatchObject({ status: 'done', attempt: 1, format: 'xlsx' });
  });

  /** How long each attempt took, from its claim to its end. */
  function attemptsOf(id: string): number[] {
    const calls = proxy().calls.filter((call) => call.subject === id);
    const ends = calls.filter(({ step }) => step === 'giveBackUncounted' || step === 'finish');
    return ends.map(({ at }) => at - (calls.findLast((call) => call.at < at && call.step === 'claim')?.at ?? 0));
  }
});
