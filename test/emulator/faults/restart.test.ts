import { describe, expect, inject, it } from 'vitest';
import { eventually } from '../../support/faults.ts';
import { api } from '../../support/target.ts';
import { smallRequest } from '../requests.ts';
import { aKey, useFaultProxy } from './support/scene.ts';
import { inLanes, settled } from './support/settled.ts';
import { hold, refuse } from './support/treatments.ts';

const WORKERS = 4;

describe('an emulator that is stopped and started again', () => {
  const proxy = useFaultProxy();

  it('in the middle of the work has lost no job when it is back: unsent, waiting, in work or just finished', async () => {
    const [unsent, held, waiting] = [3, WORKERS, 12].map((count) => Array.from({ length: count }, aKey));
    const among = (jobs: { id: string }[] = [], id: string) => jobs.some((job) => job.id === id);
    const finished = aKey();
    let isUp = true;
    proxy().when(({ step, subject }) => (isUp && step === 'send' && among(unsent, subject) ? refuse : undefined));
    proxy().when(({ step, subject }) => (isUp && step === 'put' && among(held, subject) ? hold : undefined));

    await api.generate(smallRequest('pdf'), finished.headers);
    const before = await api.ended(finished.id, { pollMs: 100 });
    const post = ({ headers }: { headers: Record<string, string> }) => api.generate(smallRequest('xlsx'), headers);
    await inLanes([...(held ?? [])], 2, post);
    const heldNow = () =>
      new Set(proxy().calls.flatMap((c) => (c.step === 'put' && among(held, c.subject) ? [c.subject] : [])));
    await eventually(async () => heldNow().size === WORKERS);
    await inLanes([...(unsent ?? []), ...(waiting ?? [])], 2, post);

    const answer = await fetch(inject('restartAddress'), { method: 'POST' });
    expect(answer.status, await answer.text()).toBe(204);
    isUp = false;

    const { jobs } = await settled();
    const ids = [unsent, held, waiting].flatMap((group = []) => group.map(({ id }) => id));
    const ended = ids.map((id) => jobs.find((job) => job.id === id)?.status);
    expect(ended).toEqual(Array(ids.length).fill('done'));
    expect(await api.status(finished.id)).toMatchObject({ status: 'done', finishedAt: before.finishedAt });
  });
});
