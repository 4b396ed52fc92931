import { describe, it } from 'vitest';
import { api } from '../../support/target.ts';
import { largeRequest } from '../requests.ts';
import type { Step } from './support/call.ts';
import { aKey, once, sendAgain, useFaultProxy } from './support/scene.ts';
import { cutReply, cutRequest, loseReply, refuse, slow, throttle } from './support/treatments.ts';

/** Every call on the way from a POST to a file. */
const STEPS: Step[] = [
  'save',
  'create',
  'send',
  'markSent',
  'claim',
  'lock',
  'load',
  'stage',
  'put',
  'remember',
  'finish',
];
const FAULTS = {
  refused: refuse,
  'cut off half-way': cutRequest,
  'carried out but not answered': loseReply,
  'answered half-way': cutReply,
  throttled: throttle,
  'slow by three and a half seconds': slow(3_500),
};

describe('a call to AWS', () => {
  const proxy = useFaultProxy();
  const cases = STEPS.flatMap((step) =>
    Object.entries(FAULTS).map(([name, treatment]) => [step, name, treatment] as const),
  );

  it.concurrent.for(cases)(
    'to %s that is %s once changes nothing for the client',
    async ([step, , treatment], { expect }) => {
      const { id, headers } = aKey();
      const fault = once(proxy(), id, step, treatment);
      expect(await api.generate(largeRequest('xlsx', 400), headers)).toMatchObject({ id });
      if (step === 'send') await sendAgain(id);
      const job = await api.ended(id, { pollMs: 500 });
      expect(fault.isMet()).toBe(true);
      expect(job.status).toBe('done');
    },
  );
});
