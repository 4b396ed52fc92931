import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, it } from 'vitest';
import { eventually } from '../../support/faults.ts';
import { api, output, s3 } from '../../support/target.ts';
import { largeRequest, smallRequest } from '../requests.ts';
import type { Step } from './support/call.ts';
import { aKey, giveUpOn, once, useFaultProxy } from './support/scene.ts';
import { killAfter, killBefore } from './support/treatments.ts';

/** In the order in which a worker comes to them; a large request is loaded from the bucket. */
const STEPS: Step[] = ['claim', 'lock', 'load', 'stage', 'put', 'remember', 'finish'];
const CHECKPOINTS = STEPS.flatMap((step) => [
  ['before', step, killBefore] as const,
  ['after', step, killAfter] as const,
]);

describe('R6: a worker that is killed', () => {
  const proxy = useFaultProxy();

  it.concurrent.for(CHECKPOINTS)(
    '%s its call to %s leaves a job that ends done, with one file',
    async ([when, step, kill], { expect }) => {
      const { id, headers } = aKey();
      const killed = once(proxy(), id, step, kill);
      await api.generate(step === 'load' ? largeRequest('xlsx', 400) : smallRequest('pdf'), headers);
      await eventually(async () => killed.isOver());
      await giveUpOn(id);

      const job = await api.ended(id, { pollMs: 100 });
      const claims = proxy().calls.filter((call) => call.subject === id && call.step === 'claim').length;
      expect(job).toMatchObject({ status: 'done', attempt: isDone(when, step) || isUnclaimed(when, step) ? 1 : 2 });
      expect(claims).toBeGreaterThanOrEqual(job.attempt);
      expect(await attemptThatPublished(job.id)).toBe(isPublished(when, step) ? 1 : job.attempt);
    },
  );
});

const isUnclaimed = (when: string, step: Step) => when === 'before' && step === 'claim';
const isDone = (when: string, step: Step) => when === 'after' && step === 'finish';
/** From the put on, the file of the first attempt stands, and the second one finds it. */
const isPublished = (when: string, step: Step) =>
  STEPS.indexOf(step) + (when === 'after' ? 1 : 0) > STEPS.indexOf('put');

async function attemptThatPublished(id: string): Promise<number> {
  const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: output('Bucket'), Key: await keyOf(id) }));
  return Number(Metadata?.attempt);
}

async function keyOf(id: string): Promise<string> {
  const url = (await api.status(id)).report?.url ?? '';
  return decodeURIComponent(new URL(url).pathname.split('/').slice(2).join('/'));
}
