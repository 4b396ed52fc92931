import type { DatasetSpec, StoredBytes } from './../domain/dataset.ts';
import type { BytesProgress, RowStream, Warning } from '../domain/rendering.ts';
import type { Column } from '../domain/request.ts';
import { BadCells } from './bad-cells.ts';
import { ByteMeter, type ByteStream, bounded, metered } from './bytes.ts';
import { sniffed } from './compression.ts';
import type { Dataset, DatasetContext } from './dataset.ts';
import { SAMPLE_ROWS } from './infer-columns.ts';
import { overLimit } from './limits.ts';
import { type Batch, type RecordFormat, readAhead } from './records.ts';
import { RowMaker } from './row-maker.ts';

/** A stored file whose rows come one after the other: CSV, NDJSON, a JSON array; packed or not. */
export class RecordDataset<R> implements Dataset {
  readonly #format: RecordFormat<R>;
  readonly #file: StoredBytes;
  readonly #spec: DatasetSpec;
  readonly #context: DatasetContext;
  #meter: ByteMeter;
  #columns: readonly Column[] | undefined;
  #badCells: BadCells | undefined;

  constructor(format: RecordFormat<R>, file: StoredBytes, spec: DatasetSpec, context: DatasetContext) {
    this.#format = format;
    this.#file = file;
    this.#spec = spec;
    this.#context = context;
    this.#meter = new ByteMeter(file.sizeBytes);
  }

  /** Known once described; `undefined` where they were given. */
  get columns(): readonly Column[] | undefined {
    return this.#columns;
  }

  async describe(signal: AbortSignal): Promise<readonly Column[]> {
    if (this.#context.columns !== undefined) return this.#context.columns;
    if (this.#columns === undefined) {
      const { table, close } = await this.#open(new ByteMeter(this.#file.sizeBytes), signal);
      await close();
      this.#columns = table.columns;
    }
    return this.#columns;
  }

  progress(): BytesProgress {
    return this.#meter.progress();
  }

  async *rows(signal: AbortSignal): RowStream {
    this.#meter = new ByteMeter(this.#file.sizeBytes);
    const { table, batches } = await this.#open(this.#meter, signal);
    const badCells = this.#badCellsOf(table.columns);
    const maker = new RowMaker(table, badCells);
    let { skip } = table;
    let count = 0;
    for await (const batch of batches) {
      const rows = maker.rows(batch, skip);
      skip = Math.max(0, skip - batch.records.length);
      count += rows.length;
      if (count > this.#context.limits.rows) throw this.#tooManyRows(batch);
      if (rows.length > 0) yield rows;
    }
    badCells.settle();
  }

  warnings(): readonly Warning[] {
    return this.#badCells?.warnings() ?? [];
  }

  async #open(meter: ByteMeter, signal: AbortSignal) {
    const records = this.#format.records(this.#unpacked(meter, signal));
    const { head, batches, close } = await readAhead<R>(records, SAMPLE_ROWS);
    const sample = head.flatMap((batch) => batch.records).slice(0, SAMPLE_ROWS);
    try {
      return { table: this.#format.table(sample), batches, close };
    } catch (cause) {
      await close();
      throw cause;
    }
  }

  async *#unpacked(meter: ByteMeter, signal: AbortSignal): ByteStream {
    const { limits, unpack } = this.#context;
    const { compression, bytes } = await sniffed(metered(this.#file.stream(signal), meter, signal));
    yield* bounded(unpack(bytes, this.#spec.compression ?? compression, meter), meter, limits);
  }

  #badCellsOf(columns: readonly Column[]): BadCells {
    const { onBadCell = 'keep', maxBadCells } = this.#spec;
    this.#badCells = new BadCells(columns, { onBadCell, maxBadCells }, this.#context);
    return this.#badCells;
  }

  #tooManyRows({ lines }: Batch<R>): Error {
    return overLimit(`line ${lines.at(-1)}: the dataset has more than ${this.#context.limits.rows} rows.`);
  }
}
