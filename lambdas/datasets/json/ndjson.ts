import { isNoDouble, parseExactly } from '../../domain/exact-json.ts';
import type { DatasetLimits } from '../limits.ts';
import { malformed, overLimit } from '../limits.ts';
import type { Batch } from '../records.ts';
import { isRecord } from './record.ts';
import type { JsonRecord } from './shape.ts';

/**
 * The rows of NDJSON: a JSON object or array on each line; lines of blanks are none.
 * @throws PermanentFailure that names the line
 */
export async function* ndjsonRecords(
  text: AsyncIterable<string>,
  limits: DatasetLimits,
): AsyncGenerator<Batch<JsonRecord>> {
  const lines = new LineReader(limits);
  for await (const piece of text) yield lines.push(piece);
  yield lines.push('\n');
}

class LineReader {
  readonly #limits: DatasetLimits;
  #rest = '';
  #line = 1;

  constructor(limits: DatasetLimits) {
    this.#limits = limits;
  }

  push(piece: string): Batch<JsonRecord> {
    const text = this.#rest + piece;
    const records: JsonRecord[] = [];
    const lines: number[] = [];
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      const record = this.#record(text.slice(at, end));
      if (record !== undefined) {
        records.push(record);
        lines.push(this.#line);
      }
      this.#line += 1;
      at = end + 1;
    }
    this.#rest = text.slice(at);
    this.#checkLength(this.#rest);
    return { records, lines };
  }

  #record(line: string): JsonRecord | undefined {
    this.#checkLength(line);
    if (line.trim() === '') return undefined;
    let value: unknown;
    try {
      value = parseExactly(line, isNoDouble);
    } catch (cause) {
      throw malformed(`line ${this.#line} is not JSON${columnOf(cause)}.`, { cause });
    }
    if (isRecord(value, this.#limits.jsonDepth, `line ${this.#line}`)) return value;
    throw malformed(`line ${this.#line} is neither an object nor an array.`);
  }

  #checkLength(line: string): void {
    const { recordLength } = this.#limits;
    if (line.length > recordLength) throw overLimit(`line ${this.#line} is longer than ${recordLength} characters.`);
  }
}

/** V8 gives the place in most of its messages. The rest of them may quote data, so it is not passed on. */
function columnOf(cause: unknown): string {
  const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
  return position === undefined ? '' : ` from column ${Number(position) + 1} on`;
}
