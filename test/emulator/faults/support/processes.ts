import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Call } from './call.ts';

/** A process was to be killed and was not found: the test would prove nothing. */
export class NoCaller extends Error {
  override readonly name = 'NoCaller';
}

/** As the memory limit or the time limit does it: nothing of the function runs any more. */
export function kill(pid: number): void {
  process.kill(pid, 'SIGKILL');
}

/**
 * The process that makes a call; to be asked as soon as it arrives, before the caller can lose patience.
 * @throws NoCaller
 */
export function callerOf({ port, proxyPort, step }: Call): number {
  const pid = existsSync('/proc/net/tcp') ? ownerByProc(port, proxyPort) : ownerByLsof(port, proxyPort);
  if (pid === undefined) throw new NoCaller(`no process is at the other end of ${step}`);
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
function ownerByProc(port: number, proxyPort: number): number | undefined {
  const inode = socketInode(port, proxyPort);
  if (inode === undefined) return undefined;
  const mine = (pid: string) => openFiles(pid).includes(`socket:[${inode}]`);
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && Number(name) !== process.pid && mine(name));
  return pid === undefined ? undefined : Number(pid);
}

/** Both ends count: a port is shared by connections that lead elsewhere, and by some that are over. */
function socketInode(port: number, proxyPort: number): string | undefined {
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n');
  const [local, remote] = [inHex(port), inHex(proxyPort)];
  return lines
    .map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[1] === local && fields[2] === remote)?.[9];
}

const inHex = (port: number) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;

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

function ownerByLsof(port: number, proxyPort: number): number | undefined {
  const lines = execFileSync('lsof', ['-nP', '-Fpn', `-iTCP:${port}`], { encoding: 'utf8' }).split('\n');
  const connection = lines.findIndex((line) => line.endsWith(`:${port}->127.0.0.1:${proxyPort}`));
  const owner = lines.slice(0, Math.max(0, connection)).findLast((line) => line.startsWith('p'));
  return owner === undefined ? undefined : Number(owner.slice(1));
}
