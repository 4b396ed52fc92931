import { DELIMITERS, type Delimiter } from '../../domain/dataset.ts';
import { CsvSplitter } from './splitter.ts';

/** As many records decide. */
const SAMPLE_RECORDS = 100;

/** What the start of a file says of how the rest is written. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** The UTF-16 units of a `sep=` line, which is no record. */
  readonly skip: number;
}

/** Excel's own way to tell the delimiter: `sep=;` as the first line. */
const SEPARATOR_LINE = /^sep=([\t;|,])(\r\n|\r|\n|$)/i;

/**
 * Infers how a file is written from its first text.
 * @param head the start of the file, cut anywhere
 * @param given what the caller says of the delimiter
 */
export function dialectOf(head: string, given: Delimiter | undefined, quotes: boolean): Dialect {
  const line = SEPARATOR_LINE.exec(head);
  const skip = line?.[0].length ?? 0;
  const told = DELIMITERS.find((delimiter) => delimiter === line?.[1]);
  return { delimiter: given ?? told ?? detected(head, quotes), skip };
}

/** The sign that cuts all first records into the same number of fields, more than one. */
function detected(head: string, quotes: boolean): Delimiter {
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, ...fieldCounts(head, delimiter, quotes) }));
  const regular = counts.find(({ first, same, all }) => first > 1 && same === all);
  if (regular !== undefined) return regular.delimiter;
  // A record is wrong, or the first lines are no table. What fits best will name the line that does not fit.
  const [best] = counts.filter(({ first }) => first > 1).sort((a, b) => b.same / b.all - a.same / a.all);
  return best?.delimiter ?? ',';
}

/** How many of the first records have as many fields as the first one; a head that such a split breaks on has none. */
function fieldCounts(head: string, delimiter: Delimiter, quotes: boolean) {
  const count = { first: 0, same: 0, all: 0 };
  for (const fields of sampleCounts(head, delimiter, quotes)) {
    if (count.all === 0) count.first = fields;
    if (fields === count.first) count.same += 1;
    count.all += 1;
  }
  return count;
}

function sampleCounts(head: string, delimiter: Delimiter, quotes: boolean): number[] {
  let wrong = 0;
  const splitter = new CsvSplitter({
    delimiter,
    quotes,
    maxLength: head.length,
    maxColumns: head.length + 1,
    measure: '',
    onFault: () => {
      wrong += 1;
    },
  });
  try {
    const { records } = splitter.push(head);
    const whole = records.length + wrong === 0 ? splitter.end().records : records;
    const fields = whole.slice(0, SAMPLE_RECORDS).map((record) => record.length);
    return [...fields, ...Array.from({ length: wrong }, () => 0)];
  } catch {
    return [];
  }
}
