import { describe, type ExpectStatic, it } from 'vitest';
import { rowOf } from '../../support/faults.ts';
import { api } from '../../support/target.ts';
import { largeRequest, smallRequest } from '../requests.ts';
import type { Step } from './support/call.ts';
import { aKey, once, sendAgain, useFaultProxy } from './support/scene.ts';
import { killAfter, killBefore } from './support/treatments.ts';

/** All that a POST does, in its order; a large request is saved to the bucket. */
const STEPS: Step[] = ['save', 'create', 'send', 'markSent'];
const CHECKPOINTS = STEPS.flatMap((step) => [
  ['before', step, killBefore] as const,
  ['after', step, killAfter] as const,
]);
const isAccepted = (when: string, step: Step) =>
  STEPS.indexOf(step) + (when === 'after' ? 1 : 0) > STEPS.indexOf('create');

describe('R1: a POST whose function is killed', () => {
  const proxy = useFaultProxy();
  const killedPost = async (step: Step, kill: typeof killBefore, expect: ExpectStatic) => {
    const { id, headers } = aKey();
    const request = step === 'save' ? largeRequest('xlsx', 400) : smallRequest('xlsx');
    const killed = once(proxy(), id, step, kill);
    const answer = await api.post(request, headers);
    expect(killed.isOver()).toBe(true);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    return { id, headers, request };
  };

  it.concurrent.for(CHECKPOINTS)(
    '%s its call to %s is answered when it is sent again, with the same job',
    async ([, step, kill], { expect }) => {
      const { id, headers, request } = await killedPost(step, kill, expect);
      expect(await api.generate(request, headers)).toMatchObject({ id });
      await sendAgain(id);
      expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done', attempt: 1 });
    },
  );

  it.concurrent.for(CHECKPOINTS)(
    '%s its call to %s and is never sent again is a whole job or none',
    async ([when, step, kill], { expect }) => {
      const { id } = await killedPost(step, kill, expect);
      if (!isAccepted(when, step)) {
        expect(await rowOf(id)).toEqual({});
        return;
      }
      await sendAgain(id);
      expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done', attempt: 1 });
    },
  );
});
