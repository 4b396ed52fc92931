import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Call } from './call.ts';

/** KILL, as the memory limit or the time limit does it: nothing of the function runs any more. */
export function killCaller(call: Call): void {
  process.kill(callerOf(call), 'SIGKILL');
}

/** The process that makes a call; to be asked while the call is under way. */
export function callerOf({ port, step }: Call): number {
  const pid = existsSync('/proc/net/tcp') ? ownerByProc(port) : ownerByLsof(port);
  if (pid === undefined) throw new Error(`no process is at the other end of ${step}`);
  return pid;
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The kernel lists connections by the inode of their socket, and each process's open sockets by the same. */
function ownerByProc(port: number): number | undefined {
  const inode = socketInode(port);
  if (inode === undefined) return undefined;
  const mine = (pid: string) => openFiles(pid).includes(`socket:[${inode}]`);
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && Number(name) !== process.pid && mine(name));
  return pid === undefined ? undefined : Number(pid);
}

function socketInode(port: number): string | undefined {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/)).find((fields) => fields[1] === local)?.[9];
}

/** A process that has just ended, or is another user's, has none. */
function openFiles(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function ownerByLsof(port: number): number | undefined {
  const pids = execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
  return pids.find((pid) => pid !== process.pid);
}
