import type { JobView } from '../../../../lambdas/domain/answers.ts';
import { isOpen } from '../../../../lambdas/domain/job.ts';
import { CANARY } from '../clients.ts';
import type { World } from '../world.ts';

/** What clients were told, against what stands and against what they were told before. */
export function checkClients(world: World): string[] {
  return [
    ...checkAcceptance(world),
    ...checkKeys(world),
    ...checkViews(world),
    ...checkCancels(world),
    ...checkLog(world),
  ];
}

/** I1: whoever was told yes has an end to see. */
export function checkAcceptance({ posts, table }: World): string[] {
  return posts.flatMap(({ accepted }) =>
    accepted.flatMap(({ id }) => {
      const job = table.get(id);
      if (job === undefined) return [`I1: ${id} was accepted and is not there`];
      return isOpen(job) ? [`I1: ${id} is still ${job.status}`] : [];
    }),
  );
}

/** I5: one key, one job, one body: whoever was told yes was told it of a job that was made of its own request. */
function checkKeys({ posts, table }: World): string[] {
  const seen = new Map<string, string>();
  return posts.flatMap(({ tenant, key, json, accepted }) =>
    accepted.flatMap(({ id }) => {
      const first = seen.get(`${tenant} ${key}`) ?? id;
      seen.set(`${tenant} ${key}`, first);
      const problems = first === id ? [] : [`I5: ${key} was accepted as ${first} and as ${id}`];
      const isOwn = 'reference' in json && table.get(id)?.reference === json.reference;
      return isOwn ? problems : [...problems, `I5: ${key} was accepted with another body as ${id}`];
    }),
  );
}

const RANK = { queued: 0, processing: 1, done: 2, error: 2, cancelled: 2 } as const;

/** I2 as the client sees it, I4 and I6 as far as the view goes, and I7. */
function checkViews({ posts, table }: World): string[] {
  // Only an operator's redrive leads back, and the client may have missed the error before it.
  const isRedriven = (id: string) => (table.get(id)?.generation ?? 1) > 1;
  return posts.flatMap(({ views, leaks, key }) => [
    ...leaks.map((leak) => `I7: a stranger who asked for ${key} was told ${leak}`),
    ...views.flatMap(checkView),
    ...views.flatMap((view, i) => {
      const last = views[i - 1];
      const isBack = last !== undefined && RANK[view.status] < RANK[last.status] && !isRedriven(view.id);
      return isBack ? [`I2: ${view.id} was shown as ${last.status}, then as ${view.status}`] : [];
    }),
  ]);
}

/** Whoever was told that a job is cancelled, or will be, has been told the truth, and by nobody else's wish. */
function checkCancels({ posts, table }: World): string[] {
  const wanted = new Set(posts.flatMap(({ cancels }) => cancels.map(({ id }) => id)));
  const unasked = table.all().filter(({ id, status }) => status === 'cancelled' && !wanted.has(id));
  const untrue = posts.flatMap(({ cancels }) =>
    cancels.filter(({ id, told }) => told === 'cancelled' && table.get(id)?.status !== 'cancelled'),
  );
  return [
    ...unasked.map(({ id }) => `I9: nobody wanted ${id} to be cancelled`),
    ...untrue.map(({ id }) => `I2: ${id} was called cancelled and is ${table.get(id)?.status}`),
  ];
}

function checkView({ id, status, report, validation, error }: JobView): string[] {
  const problems: string[] = [];
  const hasFile = report !== null && report.url !== null;
  if ((status === 'done') !== (hasFile || validation !== null))
    problems.push(`I4: ${id} is shown as ${status} ${hasFile ? 'with' : 'without'} a file`);
  if (report?.badCells?.file?.url === null) problems.push(`I4: ${id} is shown without its bad cells`);
  if ((status === 'error') !== (error !== null)) problems.push(`I6: ${id} is shown as ${status}, with another error`);
  return problems;
}

/** I10: no row, no title, no link in the log. */
function checkLog({ log }: World): string[] {
  const lines = log.lines.map(({ event, fields }) => `${event} ${JSON.stringify(fields ?? {})}`);
  return lines.some((line) => line.includes(CANARY)) ? ['I10: a log line tells what stands in a row'] : [];
}
