import { reportKey } from '../../../../lambdas/domain/keys.ts';
import type { World } from '../world.ts';

/** I3: one object per job and generation, written once, and no file that is nobody's. */
export function checkObjects({ bucket, table }: World): string[] {
  const keys = new Set(table.history.map(({ after }) => reportKey(after)));
  return [...bucket.written].flatMap(([key, times]) => {
    if (!key.startsWith('reports/')) return [];
    const problems: string[] = [];
    if (times !== 1) problems.push(`I3: ${key} was written ${times} times`);
    if (!keys.has(key)) problems.push(`I3: nobody's file: ${key}`);
    return problems;
  });
}
