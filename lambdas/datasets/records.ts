import type { Column } from '../domain/request.ts';
import type { ByteStream } from './bytes.ts';
import type { CellReader } from './values/readers.ts';

/** Some records of a source as they stand there, and where each starts: its line, or its number. */
export interface Batch<R> {
  readonly records: readonly R[];
  readonly lines: readonly number[];
}

/** A stream of records, the first of which may be looked at before the rest is read. */
export interface Ahead<R> {
  readonly head: readonly Batch<R>[];
  /** All batches, those of the head included. */
  readonly batches: AsyncIterable<Batch<R>>;
  /** Ends the stream when no more of it is wanted. */
  close(): Promise<void>;
}

/** A batch comes of a piece of some 64 KiB, so that wide or long records do not make the head large. */
const HEAD_BATCHES = 64;

/** Reads ahead until there are as many records, or enough text, or no more. */
export async function readAhead<R>(batches: AsyncIterable<Batch<R>>, records: number): Promise<Ahead<R>> {
  const iterator = batches[Symbol.asyncIterator]();
  const head: Batch<R>[] = [];
  let count = 0;
  for (let read = 0; count < records && (read < HEAD_BATCHES || count === 0); read += 1) {
    const next = await iterator.next();
    if (next.done === true) break;
    if (next.value.records.length === 0) continue;
    head.push(next.value);
    count += next.value.records.length;
  }
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  return { head, batches: continued(head, iterator), close };
}

async function* continued<R>(head: readonly Batch<R>[], iterator: AsyncIterator<Batch<R>>): AsyncGenerator<Batch<R>> {
  try {
    yield* head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** Which values of a record belong to which column. */
export interface Shape<R> {
  readonly columns: readonly Column[];
  /** The values of a record in the order of the columns; `null` or `undefined` where there is none. */
  readonly pick: (record: R) => readonly unknown[];
}

/** What is known of a table once its first records are. */
export interface Table<R> extends Shape<R> {
  /** By column; `undefined` where the values are taken as they are. */
  readonly readers: readonly (CellReader | undefined)[];
  /** Values that stand for none. */
  readonly nulls: ReadonlySet<unknown>;
  /** Records before the first row. */
  readonly skip: number;
}

/** A format whose rows come one after the other. */
export interface RecordFormat<R> {
  records(bytes: ByteStream): AsyncIterable<Batch<R>>;
  /** @param sample the first records, a header among them */
  table(sample: readonly R[]): Table<R>;
}
