import { describe, expect, it } from 'vitest';
import { keyedJobId } from '../../../lambdas/domain/ids.ts';
import { api } from '../../support/target.ts';
import { smallRequest } from '../requests.ts';
import type { Call } from './support/call.ts';
import { isChosen } from './support/chance.ts';
import { lockOf, useFaultProxy } from './support/scene.ts';
import { allJobs, inLanes, settled } from './support/settled.ts';
import { describeRun, summaryOf } from './support/summary.ts';
import { killAfter, killBefore, refuse, type Treatment } from './support/treatments.ts';

const REQUESTS = Number(process.env.QUIRE_FAULT_REQUESTS ?? 150);
const SEED = Number(process.env.QUIRE_FAULT_SEED ?? 1);
/** Far more than it takes, on a machine that has much else to do. */
const TIMEOUT_MS = 180_000 + REQUESTS * 1_500;
/** Clients at a time. */
const CLIENTS = 6;
const ATTEMPTS = 10;

/** Where a worker may die: at each of its calls, before and after its effect. */
const CHECKPOINTS = (['claim', 'lock', 'stage', 'put', 'remember', 'finish'] as const).flatMap((step) => [
  { step, kill: killBefore },
  { step, kill: killAfter },
]);

/** What befalls one request: decided by the seed and its number, so that a run can be repeated. */
interface Fate {
  readonly key: string;
  readonly id: string;
  readonly isDuplicated: boolean;
  readonly isUnsent: boolean;
  death: (typeof CHECKPOINTS)[number] | undefined;
}

function fateOf(number: number): Fate {
  const key = `${SEED}-${number}`;
  const checkpoint = CHECKPOINTS[number % CHECKPOINTS.length];
  return {
    key,
    id: keyedJobId('local', key),
    isDuplicated: isChosen(`${key} duplicate`, 0.2),
    isUnsent: isChosen(`${key} unsent`, 0.1),
    death: isChosen(`${key} death`, 0.2) ? checkpoint : undefined,
  };
}

describe('R19: requests of which a fifth is posted twice, a fifth loses its worker and a tenth its message', () => {
  const proxy = useFaultProxy();

  it(
    `are all answered for: ${REQUESTS} of them, none lost, no file twice`,
    async () => {
      const before = new Set((await allJobs()).map(({ id }) => id));
      const fates = Array.from({ length: REQUESTS }, (_, number) => fateOf(number));
      const bySubject = new Map(fates.flatMap((fate) => [[fate.id, fate] as const, [lockOf(fate.id), fate] as const]));
      const counts = { killed: 0, unsent: 0 };
      proxy().when(({ step, subject }: Call): Treatment | undefined => {
        const fate = bySubject.get(subject);
        if (fate === undefined) return undefined;
        if (step === 'send' && fate.isUnsent) {
          counts.unsent += 1;
          return refuse;
        }
        const { death } = fate;
        if (death?.step !== step) return undefined;
        fate.death = undefined;
        counts.killed += 1;
        return death.kill;
      });

      const posts = fates.flatMap((fate) => (fate.isDuplicated ? [fate, fate] : [fate]));
      const accepted = await inLanes(posts, CLIENTS, post);
      for (const fate of fates) Object.assign(fate, { isUnsent: false });
      const { jobs, reports } = await settled(TIMEOUT_MS / 2);

      const ours = jobs.filter(({ id }) => !before.has(id));
      const summary = summaryOf(new Set(accepted), ours, reports);
      process.stdout.write(`${describeRun({ requests: REQUESTS, posts: posts.length, ...counts, ...summary })}\n`);
      expect(summary).toMatchObject({ accepted: REQUESTS, lost: 0, unexpected: 0, duplicated: 0 });
      expect(counts.killed).toBeGreaterThan(REQUESTS / 10);
    },
    TIMEOUT_MS,
  );
});

/** A client that goes on until it is told 202. */
async function post({ key, id }: Fate): Promise<string> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = await api.post(smallRequest('xlsx', { reference: key }), { 'idempotency-key': key });
    if (answer.status === 202) {
      expect(await answer.json()).toMatchObject({ id });
      return id;
    }
    expect([500, 502, 503, 504]).toContain(answer.status);
  }
  throw new Error(`${key} was refused ${ATTEMPTS} times`);
}
