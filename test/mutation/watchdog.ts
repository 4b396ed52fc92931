import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { addVerdict } from './ledger.ts';

/** Beyond the limit that a worker keeps by itself, in milliseconds: who is later has lost its thread to a loop. */
const GRACE_MS = 15_000;

/** Ends workers that a mutant has caught in a loop, from outside; the next round does the rest of their file. */
export function watch(folder: string): NodeJS.Timeout {
  return setInterval(() => {
    for (const name of readdirSync(folder).filter((entry) => entry.startsWith('busy-')))
      look(`${folder}/${name}`, folder);
  }, 1000);
}

function look(path: string, folder: string): void {
  const pid = Number(/busy-(\d+)/.exec(path)?.[1]);
  const { id, file, limitMs } = JSON.parse(readFileSync(path, 'utf8') || '{"limitMs":1e9}');
  const ms = Date.now() - statSync(path).mtimeMs;
  if (!isAlive(pid)) rmSync(path, { force: true });
  else if (ms > limitMs + GRACE_MS) {
    addVerdict(folder, { id, file, status: 'timeout', ms });
    process.kill(pid, 'SIGKILL');
    rmSync(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
