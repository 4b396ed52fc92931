import type { Row, RowStream } from '../../domain/rendering.ts';

/** As many rows decide how wide the columns become. */
const SAMPLE_ROWS = 100;

/** The first rows of a stream, and all of its batches, those included. */
export interface Sampled {
  readonly sample: readonly Row[];
  readonly batches: AsyncIterable<readonly Row[]>;
}

/** Reads ahead until there are enough rows to judge a table by, or no more. */
export async function sampled(rows: RowStream, wanted = SAMPLE_ROWS): Promise<Sampled> {
  const iterator = rows[Symbol.asyncIterator]();
  const ahead: (readonly Row[])[] = [];
  let count = 0;
  while (count < wanted) {
    const next = await iterator.next();
    if (next.done === true) break;
    ahead.push(next.value);
    count += next.value.length;
  }
  return { sample: ahead.flat().slice(0, wanted), batches: continued(ahead, iterator) };
}

async function* continued(
  ahead: readonly (readonly Row[])[],
  iterator: AsyncIterator<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  try {
    yield* ahead;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
