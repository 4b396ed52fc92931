import type { BadCell, BadCellFacts, BadCellPlace } from '../../domain/bad-cells.ts';
import { NDJSON_TYPE } from '../../domain/formats.ts';
import { badCellsKey } from '../../domain/keys.ts';
import type { ReportUpload } from '../../domain/ports.ts';
import type { Attempt } from './attempt.ts';
import { MeteredSink } from './metered-sink.ts';

/** So many places stand in the row of the job. */
const PLACES = 10;
/** How many characters of a value are reported: enough to see what is wrong with it. */
const VALUE_LENGTH = 1000;

/**
 * The bad cells of a report: the first ten for the row, and all of them for a file, which there is only where they are
 * more. The file is written while the rows are read, and committed when the row names it and before the report is: so
 * every report that names such a file has it.
 */
export class BadCellFile {
  readonly #attempt: Attempt;
  readonly #places: BadCellPlace[] = [];
  #count = 0;
  #lines: string[] = [];
  #upload: ReportUpload | undefined;
  #sink: MeteredSink | undefined;

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  add(table: number, { line, column, value, code }: BadCell): void {
    this.#count += 1;
    if (this.#places.length < PLACES) this.#places.push({ table, line, column, code });
    const told = value.length <= VALUE_LENGTH ? value : `${value.slice(0, VALUE_LENGTH)}…`;
    this.#lines.push(`${JSON.stringify({ table, line, column, value: told, code })}\n`);
  }

  /** Writes what was added; to be awaited between batches of rows, so that no more than a batch's is kept. */
  async flush(): Promise<void> {
    if (this.#count <= PLACES || this.#lines.length === 0) return;
    const lines = this.#lines.join('');
    this.#lines = [];
    this.#sink ??= this.#open();
    await this.#sink.write(Buffer.from(lines));
  }

  /** To be asked once, when all rows are read; `undefined` where every cell is a value of its column. */
  async facts(): Promise<BadCellFacts | undefined> {
    if (this.#count === 0) return undefined;
    await this.flush();
    const file = this.#sink && { key: badCellsKey(this.#attempt.job), ...this.#sink.facts() };
    return { count: this.#count, places: this.#places, ...(file !== undefined && { file }) };
  }

  /**
   * No other attempt writes under its key. So `exists`, or a file that stands after a commit that failed, is its own:
   * only the answer was lost.
   */
  async commit(): Promise<void> {
    const upload = this.#upload;
    if (upload === undefined) return;
    const { stopwatch, ports, job } = this.#attempt;
    try {
      await stopwatch.wait(() => upload.commit());
    } catch (cause) {
      const stands = await stopwatch.wait(() => ports.reports.inspect(badCellsKey(job)));
      if (stands === undefined) throw cause;
    }
  }

  async abort(): Promise<void> {
    await this.#upload?.abort();
  }

  #open(): MeteredSink {
    const { job, deadline, ports, stopwatch } = this.#attempt;
    const { id: jobId, generation, attempt, requestHash } = job;
    const label = { jobId, generation, attempt, requestHash };
    this.#upload = ports.reports.open(badCellsKey(job), NDJSON_TYPE, label, deadline);
    return new MeteredSink(this.#upload, stopwatch);
  }
}
