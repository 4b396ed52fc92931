import type { Delimiter } from '../../domain/dataset.ts';
import type { PermanentFailure } from '../../domain/failures.ts';
import type { DatasetLimits } from '../limits.ts';
import { dialectOf } from './dialect.ts';
import { CsvSplitter, type Records } from './splitter.ts';

/** Text to tell the dialect from, in UTF-16 units. */
const HEAD_LENGTH = 64 * 1024;

export interface CsvOptions {
  /** Left out: detected among tab, `;`, `|` and `,`. */
  readonly delimiter?: Delimiter | undefined;
  /** `false` where a quote is a character like another. */
  readonly quotes: boolean;
  /** Whether the first record holds the names of the columns. */
  readonly header: boolean;
  readonly limits: DatasetLimits;
  /** Takes a record of a wrong number of fields instead of ending the reading. */
  readonly onFault?: ((fault: PermanentFailure, line: number) => void) | undefined;
}

/**
 * The records of a CSV file, a header among them.
 * @throws PermanentFailure that names the line where the file is no CSV, or over a limit
 */
export async function* csvRecords(text: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<Records> {
  let head = '';
  let splitter: CsvSplitter | undefined;
  for await (const piece of text) {
    if (splitter !== undefined) {
      yield splitter.push(piece);
      continue;
    }
    head += piece;
    if (head.length < HEAD_LENGTH) continue;
    const start = started(head, options);
    splitter = start.splitter;
    yield start.records;
  }
  if (splitter === undefined) {
    const start = started(head, options);
    splitter = start.splitter;
    yield start.records;
  }
  yield splitter.end();
}

/** A splitter for the dialect that the head is written in, and the records of the head. */
function started(head: string, options: CsvOptions): { splitter: CsvSplitter; records: Records } {
  const { delimiter, quotes, header, limits, onFault } = options;
  const dialect = dialectOf(head, delimiter, quotes);
  const splitter = new CsvSplitter({
    delimiter: dialect.delimiter,
    quotes,
    maxLength: limits.recordLength,
    maxColumns: limits.columns,
    measure: header ? 'the header' : 'the first record',
    linesBefore: dialect.skip > 0 ? 1 : 0,
    onFault,
  });
  return { splitter, records: splitter.push(head.slice(dialect.skip)) };
}
