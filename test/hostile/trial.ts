import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Report } from '../../lambdas/domain/job.ts';

/** Of a worker (`lib/settings.ts`), in MB. */
export const MEMORY_MB = 1769;
/** What Lambda's runtime gives to Node of it, in per cent. */
const HEAP = 90;
const YOUNG = 5;
/** How often the size of the process is looked at, in ms: it does not grow by a hundredth in less. */
const WATCH_MS = 20;
/** A process that has not answered after so many times the time that it was given does not come back. */
const PATIENCE = 2;
/** Of the kernel's clock, per second. */
const TICKS = 100;

/** What the process is asked. */
export interface Order {
  readonly body: string;
  /** How long the worker may take, of the processor. */
  readonly milliseconds: number;
}

/** What came of a body. Times are of the processor. */
export interface Answer {
  /** Of the answer to `POST /generate`. */
  readonly status: number;
  readonly answerBytes: number;
  /** Of the refusal, or of the job's error. */
  readonly code: string | undefined;
  /** The job's status. */
  readonly ended: string | undefined;
  readonly report: Report | undefined;
  readonly accepting: number;
  readonly milliseconds: number;
  /** What was thrown on the way, with its stack. */
  readonly causes: readonly string[];
}

export interface Trial {
  /** `undefined`: the process died of it, or had to be killed. */
  readonly answer: Answer | undefined;
  readonly lost: string | undefined;
  /** The largest that the process has been, in MB. */
  readonly peakMb: number;
}

/** A process as large as a worker may be, which is killed where it gets larger, as Lambda does. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  #peakMb = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ready = new Promise((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`the worker did not start: ${code}`)));
    });
    // Told by `#answer` to whoever has asked.
    this.#ready.catch(() => undefined);
  }

  static start(): Worker {
    const heap = [`--max-old-space-size=${share(HEAP)}`, `--max-semi-space-size=${share(YOUNG)}`];
    return new Worker(
      fork(`${import.meta.dirname}/worker.ts`, { execArgv: ['--import', 'tsx', ...heap], serialization: 'advanced' }),
    );
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async try(order: Order): Promise<Trial> {
    await this.#ready;
    let lost: string | undefined;
    const kill = (why: string) => {
      lost ??= why;
      this.#child.kill('SIGKILL');
    };
    const before = this.#spentMs();
    const watch = setInterval(() => {
      if (this.#sizeMb() > MEMORY_MB) kill(`more than ${MEMORY_MB} MB`);
      if (this.#spentMs() - before > order.milliseconds * PATIENCE) kill('no answer');
    }, WATCH_MS);
    const answer = await this.#answer(order);
    this.#sizeMb();
    clearInterval(watch);
    if (answer === undefined) lost ??= 'the process ended';
    else if (this.#peakMb > MEMORY_MB) lost = `${this.#peakMb} MB`;
    return { answer, lost, peakMb: this.#peakMb };
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  #answer(order: Order): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const ended = () => resolve(undefined);
      this.#child.once('exit', ended);
      this.#child.once('message', (answer) => {
        this.#child.off('exit', ended);
        resolve(answer as Answer);
      });
      this.#child.send(order, (error) => error && ended());
    });
  }

  /** The largest that it has been, as the kernel counts it. */
  #sizeMb(): number {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(this.#read('status'))?.[1];
    this.#peakMb = Math.max(this.#peakMb, Math.round(Number(kilobytes ?? 0) / 1024));
    return this.#peakMb;
  }

  /** What it took of the processor since it began. */
  #spentMs(): number {
    // The second field is a name that may hold blanks (proc(5)); the times are the fourteenth and the fifteenth.
    const fields = this.#read('stat').split(')').at(-1)?.split(' ') ?? [];
    return ((Number(fields[12] ?? 0) + Number(fields[13] ?? 0)) * 1000) / TICKS;
  }

  /** Elsewhere than on Linux nobody tells, and nothing is watched; a process that has ended tells nothing. */
  #read(name: string): string {
    const file = `/proc/${this.#child.pid}/${name}`;
    try {
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    } catch {
      return '';
    }
  }
}

function share(percent: number): number {
  return Math.floor((MEMORY_MB * percent) / 100);
}
