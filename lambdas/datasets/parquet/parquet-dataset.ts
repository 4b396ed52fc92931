import type { AsyncBuffer, Compressors, FileMetaData, RowGroup } from 'hyparquet';
import { parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { DatasetSpec, StoredBytes } from '../../domain/dataset.ts';
import type { BytesProgress, Row, RowStream, Warning } from '../../domain/rendering.ts';
import type { Column } from '../../domain/request.ts';
import { BadCells } from '../bad-cells.ts';
import { positionOf } from '../columns.ts';
import type { Dataset, DatasetContext } from '../dataset.ts';
import { isUngroupedName, uniqueKeys } from '../infer-columns.ts';
import { malformed, overLimit } from '../limits.ts';
import type { Table } from '../records.ts';
import { RowMaker } from '../row-maker.ts';
import { typedReader } from '../values/readers.ts';
import {
  chunkRange,
  openParquet,
  type ParquetColumn,
  type ParquetFile,
  parsed,
  RangeReader,
  withRawValues,
} from './file.ts';

const BATCH_ROWS = 500;
/** Cells that are decoded at once, whatever the length of a row group. */
const WINDOW_CELLS = 250_000;
const MIN_WINDOW_ROWS = 1000;

interface Opened {
  readonly file: ParquetFile;
  readonly columns: readonly Column[];
  /** By column: where its values come from. */
  readonly sources: readonly ParquetColumn[];
}

/**
 * A Parquet file, read by ranges: the footer, then the chunks of the columns that are wanted, row group by row group.
 * A row group stays packed in memory while windows of its rows are decoded.
 */
export class ParquetDataset implements Dataset {
  readonly #stored: StoredBytes;
  readonly #spec: DatasetSpec;
  readonly #context: DatasetContext;
  #opened: Opened | undefined;
  #badCells: BadCells | undefined;
  #bytesRead = 0;

  constructor(stored: StoredBytes, spec: DatasetSpec, context: DatasetContext) {
    this.#stored = stored;
    this.#spec = spec;
    this.#context = context;
  }

  /** Known once described. */
  get rowsTotal(): number | undefined {
    return this.#opened?.file.rows;
  }

  progress(): BytesProgress {
    const bytesTotal = this.#bytesTotal();
    // Neighbours are fetched with the gap between them.
    return { bytesRead: Math.min(this.#bytesRead, bytesTotal), bytesTotal };
  }

  /** Known once described; `undefined` where they were given. */
  get columns(): readonly Column[] | undefined {
    return this.#context.columns === undefined ? this.#opened?.columns : undefined;
  }

  async describe(signal: AbortSignal): Promise<readonly Column[]> {
    this.#opened ??= await this.#open(signal);
    return this.#opened.columns;
  }

  async *rows(signal: AbortSignal): RowStream {
    await this.describe(signal);
    const opened = this.#opened as Opened;
    const { onBadCell = 'keep', maxBadCells } = this.#spec;
    const badCells = new BadCells(opened.columns, { onBadCell, maxBadCells }, this.#context);
    this.#badCells = badCells;
    const maker = new RowMaker(tableOf(opened, this.#context.timeZone), badCells);
    let first = 0;
    for (const group of opened.file.metadata.row_groups) {
      for await (const records of this.#windows(opened, group, first, signal)) yield* batches(maker, records, first);
      first += Number(group.num_rows);
    }
    badCells.settle();
  }

  warnings(): readonly Warning[] {
    return this.#badCells?.warnings() ?? [];
  }

  #bytesTotal(): number {
    if (this.#opened === undefined) return this.#stored.sizeBytes;
    const { file, sources } = this.#opened;
    const names = namesOf(sources);
    return file.metadata.row_groups
      .flatMap((group) => chunksOf(group, names))
      .reduce((sum, { start, end }) => sum + end - start, 0);
  }

  async #open(signal: AbortSignal): Promise<Opened> {
    const file = await openParquet(new RangeReader(this.#stored, signal));
    const { limits, columns } = this.#context;
    if (file.rows > limits.rows) throw overLimit(`The file has ${file.rows} rows; at most ${limits.rows} are read.`);
    if (file.columns.length > limits.columns) {
      throw overLimit(`The file has ${file.columns.length} columns; at most ${limits.columns} are read.`);
    }
    if (columns === undefined) return { file, columns: columnsOf(file.columns), sources: file.columns };
    const names = file.columns.map(({ name }) => name);
    const sources = columns.map((column) => file.columns[positionOf(column, names, 'file')] as ParquetColumn);
    return { file, columns, sources };
  }

  /** The rows of a row group, some at a time. */
  async *#windows(opened: Opened, group: RowGroup, first: number, signal: AbortSignal): AsyncGenerator<unknown[][]> {
    const reader = new RangeReader(this.#stored, signal);
    const names = namesOf(opened.sources);
    const rows = Number(group.num_rows);
    this.#checkSize(group, names, first);
    const place = `The row group from row ${first + 1} on`;
    const file = this.#held(reader);
    const metadata = withRawValues(opened.file);
    const step = Math.max(MIN_WINDOW_ROWS, Math.floor(WINDOW_CELLS / names.length));
    for (let start = 0; start < rows; start += step) {
      signal.throwIfAborted();
      const range = { rowStart: first + start, rowEnd: first + Math.min(start + step, rows) };
      const records = await parsed(reader, place, () => this.#decoded(file, metadata, names, range));
      if (records.length !== range.rowEnd - range.rowStart)
        throw malformed(`${place} has fewer rows than it declares.`);
      yield records;
    }
  }

  #checkSize(group: RowGroup, names: readonly string[], first: number): void {
    const { rowGroupBytes } = this.#context.limits;
    const bytes = group.columns
      .filter(({ meta_data }) => meta_data !== undefined && names.includes(meta_data.path_in_schema[0] ?? ''))
      .reduce((sum, { meta_data }) => sum + Number(meta_data?.total_compressed_size), 0);
    if (bytes <= rowGroupBytes) return;
    const detail = `The row group from row ${first + 1} on has ${bytes} bytes; at most ${rowGroupBytes} are read at once.`;
    throw overLimit(`${detail} Write smaller row groups, or ask for fewer columns.`);
  }

  /** The packed chunks of a row group: fetched once, held for all of its windows. */
  #held(reader: RangeReader): AsyncBuffer {
    const held = new Map<string, Promise<ArrayBuffer>>();
    return {
      byteLength: reader.byteLength,
      slice: (start, end = reader.byteLength) => {
        const key = `${start}-${end}`;
        const bytes = held.get(key) ?? reader.slice(start, end);
        if (!held.has(key)) this.#bytesRead += end - start;
        held.set(key, bytes);
        return bytes;
      },
    };
  }

  async #decoded(
    file: AsyncBuffer,
    metadata: FileMetaData,
    names: readonly string[],
    range: { readonly rowStart: number; readonly rowEnd: number },
  ): Promise<unknown[][]> {
    let records: unknown[][] = [];
    await parquetRead({
      file,
      metadata,
      columns: [...names],
      ...range,
      rowFormat: 'array',
      utf8: false,
      compressors: boundedCompressors(this.#context.limits.rowGroupBytes),
      // Otherwise it makes a time of what INT96 says in nanoseconds.
      parsers: { timestampFromNanoseconds: (nanoseconds) => nanoseconds },
      onComplete: (rows) => {
        records = rows;
      },
    });
    return records;
  }
}

function* batches(maker: RowMaker<unknown[]>, records: unknown[][], first: number): Generator<Row[]> {
  for (let start = 0; start < records.length; start += BATCH_ROWS) {
    const some = records.slice(start, start + BATCH_ROWS);
    yield maker.rows({ records: some, lines: some.map((_, i) => first + start + i + 1) }, 0);
  }
}

function namesOf(sources: readonly ParquetColumn[]): string[] {
  return [...new Set(sources.map(({ name }) => name))];
}

function columnsOf(sources: readonly ParquetColumn[]): Column[] {
  const keys = uniqueKeys(sources.map(({ name }) => name.trim()));
  return sources.map(({ name, type }, i) => {
    const key = keys[i] as string;
    return { key, type, ...(type === 'integer' && isUngroupedName(name) && { format: '0' }) };
  });
}

function tableOf({ columns, sources }: Opened, timeZone: string): Table<unknown[]> {
  const names = namesOf(sources);
  const positions = sources.map(({ name }) => names.indexOf(name));
  const converts = sources.map(({ convert }) => convert);
  return {
    columns,
    pick: (record) => positions.map((position, c) => converts[c]?.(record[position])),
    readers: columns.map((column) => typedReader(column, timeZone)),
    nulls: new Set(),
    skip: 0,
  };
}

function chunksOf(group: RowGroup, names: readonly string[]): { start: number; end: number }[] {
  return group.columns.flatMap(({ meta_data: chunk }) => {
    if (chunk === undefined) throw malformed('The Parquet file does not describe one of its column chunks.');
    return names.includes(chunk.path_in_schema[0] ?? '') ? [chunkRange(chunk)] : [];
  });
}

/** A page says how long it will be unpacked; nobody has to believe it. */
function boundedCompressors(maxBytes: number): Compressors {
  const bounded = Object.entries(compressors).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, length: number) => {
      if (length > maxBytes) throw overLimit(`A page unpacks to ${length} bytes; at most ${maxBytes} are read.`);
      return unpack(input, length);
    },
  ]);
  return Object.fromEntries(bounded);
}
