import { spawnSync } from 'node:child_process';

/** Whether a command of this name is on the PATH; for tests that are skipped by name where it is not. */
export function hasTool(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}
