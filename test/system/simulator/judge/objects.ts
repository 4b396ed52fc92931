import { isReported, type Job } from '../../../../lambdas/domain/job.ts';
import { badCellsKey, reportKey } from '../../../../lambdas/domain/keys.ts';
import type { World } from '../world.ts';

/** I3: one report per job and generation, each file written once, and none that is nobody's. */
export function checkObjects(world: World): string[] {
  return [...checkWritten(world), ...checkCancelled(world)];
}

/** I8: of a cancelled job nothing is left, and the sweeper has not to look at it any more. */
function checkCancelled({ bucket, table }: World): string[] {
  return table.all().flatMap((job) => {
    if (job.status !== 'cancelled') return [];
    const badCells = Array.from({ length: job.attempt }, (_, before) => badCellsKey({ ...job, attempt: before + 1 }));
    const left = [reportKey(job), ...badCells].filter((key) => bucket.objects.has(key));
    const problems = left.map((key) => `I8: ${job.id} is cancelled, and its file is left: ${key}`);
    return job.sweepAt === undefined ? problems : [...problems, `I8: ${job.id} is cancelled, and not cleared`];
  });
}

function checkWritten({ bucket, table }: World): string[] {
  // A file of bad cells is there only when its row names it, so that nobody has to look for it.
  const keys = new Set(table.history.flatMap(({ after }) => [reportKey(after), ...badCellFiles(after)]));
  return [...bucket.written].flatMap(([key, times]) => {
    if (!key.startsWith('reports/')) return [];
    const problems: string[] = [];
    if (times !== 1) problems.push(`I3: ${key} was written ${times} times`);
    if (!keys.has(key)) problems.push(`I3: nobody's file: ${key}`);
    return problems;
  });
}

function badCellFiles(job: Job): string[] {
  const facts = job.status === 'processing' ? job.staged : isReported(job) ? [job.report] : [];
  return facts.flatMap(({ badCells }) => badCells?.file?.key ?? []);
}
