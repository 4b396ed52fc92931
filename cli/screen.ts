import type { Writable } from 'node:stream';

export interface ScreenOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

type Terminal = Writable & { readonly isTTY?: boolean };

/** Data on standard output; everything that is meant for a person's eyes on standard error. */
export class Screen {
  readonly json: boolean;
  readonly #quiet: boolean;
  readonly #out: Writable;
  readonly #err: Terminal;
  /** Whether a line may be written over. */
  readonly #moves: boolean;
  #line = '';

  constructor({ json, quiet }: ScreenOptions, out: Writable, err: Terminal, environment: NodeJS.ProcessEnv) {
    this.json = json;
    this.#quiet = quiet;
    this.#out = out;
    this.#err = err;
    this.#moves = err.isTTY === true && environment.TERM !== 'dumb' && environment.NO_COLOR === undefined;
  }

  /** Data: as JSON where that is wanted, else as text. */
  data(value: unknown, text: string): void {
    this.#out.write(`${this.json ? JSON.stringify(value, null, 2) : text}\n`);
  }

  /** A line that stays. */
  note(text: string): void {
    if (this.#quiet) return;
    this.clear();
    this.#err.write(`${text}\n`);
  }

  /** A line that the next one takes the place of; nothing where lines cannot be taken back. */
  progress(text: string): void {
    if (this.#quiet || !this.#moves) return;
    this.clear();
    this.#err.write(text);
    this.#line = text;
  }

  clear(): void {
    if (this.#line === '') return;
    this.#err.write(`\r${' '.repeat(this.#line.length)}\r`);
    this.#line = '';
  }
}

/** How far a job is: rows, their rate, and the time that is left where that can be known. */
export class Pace {
  readonly #started: number;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.#started = now();
  }

  /** @param part of the whole, 0 to 1, where it is known */
  line(rows: number, part?: number): string {
    const seconds = (this.now() - this.#started) / 1000;
    const rate = seconds > 0.2 ? `, ${Math.round(rows / seconds).toLocaleString('en')} rows/s` : '';
    const left = part && part > 0.02 && part < 1 ? `, ${Math.ceil((seconds / part) * (1 - part))} s left` : '';
    const percent = part === undefined ? '' : ` (${Math.floor(part * 100)} %)`;
    return `${rows.toLocaleString('en')} rows${percent}${rate}${left}`;
  }
}

/** Bytes as people say them. */
export function sized(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [kibi, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KiB'] : [bytes / 1024 / 1024, 'MiB'];
  return `${kibi.toFixed(1)} ${unit}`;
}
