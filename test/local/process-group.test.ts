import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProcessGroup, startGroup } from '../../local/process-group.ts';

let folder: string;
let group: ProcessGroup | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quire-group-'));
});
afterEach(() => {
  group?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A leader with a child in its group; each prints its process id once it is ready. */
async function start(whenTold: string): Promise<number[]> {
  const log = join(folder, 'log');
  const child = `${whenTold}; setInterval(() => {}, 1000); console.log(process.pid)`;
  const leader = `${child}; require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })`;
  const descriptor = openSync(log, 'a');
  group = await startGroup(process.execPath, ['-e', leader], { env: {}, cwd: folder, log: descriptor });
  closeSync(descriptor);
  const ids = () => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean).map(Number);
  while (ids().length < 2) await sleep(20);
  return ids();
}

const isAlive = (pid: number): boolean => {
  try {
    // A zombie that nobody has waited for yet still takes signals.
    return process.kill(pid, 0) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** The leader has been waited for; its children end a moment later. */
function expectAllEnded(processes: readonly number[]): Promise<void> {
  return expect.poll(() => processes.filter(isAlive), { timeout: 60_000 }).toEqual([]);
}

describe.skipIf(process.platform !== 'linux')('a process group (looks into /proc)', () => {
  it('ends with its children when it is stopped', async () => {
    const processes = await start('');
    await group?.stop();
    await expectAllEnded(processes);
  });

  it('ends also when it does not want to', async () => {
    const processes = await start("process.on('SIGTERM', () => {})");
    await group?.stop(50);
    await expectAllEnded(processes);
  });

  it('may be stopped twice, and after it has ended', async () => {
    await start('');
    await Promise.all([group?.stop(), group?.stop()]);
    await group?.stop();
    await expect(group?.ended).resolves.toBeUndefined();
  });
});
