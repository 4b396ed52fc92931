import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const GRACE_MS = 2_000;

export interface ProcessGroup {
  readonly pid: number;
  /** Settles when the leader has ended, however it ended. */
  readonly ended: Promise<void>;
  /** TERM, some grace, then KILL for whatever of the group is left. May be called more than once. */
  stop(graceMs?: number): Promise<void>;
  /** KILL for the whole group, now. */
  kill(): void;
}

/**
 * Starts a command as the leader of a process group of its own, so that its children end with it and a Ctrl-C in the
 * terminal reaches us alone. Its standard input is a pipe that stays open as long as this process lives.
 */
export async function startGroup(
  command: string,
  args: readonly string[],
  options: { env: Record<string, string>; cwd: string; log: number },
): Promise<ProcessGroup> {
  const child = spawn(command, args, {
    env: options.env,
    cwd: options.cwd,
    detached: true,
    stdio: ['pipe', options.log, options.log],
  });
  await once(child, 'spawn');
  child.stdin?.on('error', () => {}); // a reader that has died is seen by `ended`
  return groupOf(child, child.pid as number);
}

function groupOf(child: ChildProcess, pid: number): ProcessGroup {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => signal(pid, 'SIGKILL');
  return {
    pid,
    ended,
    kill,
    async stop(graceMs = GRACE_MS) {
      signal(pid, 'SIGTERM');
      await Promise.race([ended, sleepWithoutHolding(graceMs)]);
      kill();
      await ended;
    },
  };
}

/** A group that is gone already is what we wanted. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function sleepWithoutHolding(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
