import { readdirSync, readFileSync } from 'node:fs';

/** Watches what the functions of an emulator hold in memory: the most that any process of its group has held. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  #peakKib = 0;

  /** @param group the emulator's process group; its own process, which is Python, does not count */
  constructor(group: number) {
    this.#timer = setInterval(() => {
      for (const pid of readdirSync('/proc')) if (/^\d+$/.test(pid)) this.#look(pid, group);
    }, 200);
  }

  /** @returns MiB, since the last call or the beginning */
  takePeak(): number {
    const mebi = this.#peakKib / 1024;
    this.#peakKib = 0;
    return mebi;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(pid: string, group: number): void {
    try {
      const [, , ofGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      if (Number(ofGroup) !== group || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('ministack-lambda'))
        return;
      const [, resident] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      this.#peakKib = Math.max(this.#peakKib, Number(resident ?? 0));
    } catch {
      // It has just ended.
    }
  }
}
