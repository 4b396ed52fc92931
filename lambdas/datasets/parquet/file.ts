import type { AsyncBuffer, ColumnMetaData, FileMetaData, SchemaElement } from 'hyparquet';
import { parquetMetadataAsync } from 'hyparquet';
import type { StoredBytes } from '../../domain/dataset.ts';
import { PermanentFailure } from '../../domain/failures.ts';
import { malformed, overLimit } from '../limits.ts';
import { type ParquetValues, valuesOf } from './values.ts';

const MAGIC = 'PAR1';
const TAIL_BYTES = 8;
/** What a footer says of a thousand row groups of a hundred columns takes less. */
const MAX_FOOTER_BYTES = 16 * 1024 * 1024;

/** A column of the file: a child of its schema's root. */
export interface ParquetColumn extends ParquetValues {
  readonly name: string;
  readonly element: SchemaElement;
}

/** What the footer of a file says. */
export interface ParquetFile {
  readonly metadata: FileMetaData;
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
}

/** Ranges of a stored file; remembers how fetching failed, to tell that from a file that is broken. */
export class RangeReader implements AsyncBuffer {
  readonly byteLength: number;
  readonly #file: StoredBytes;
  readonly #signal: AbortSignal;
  failure: unknown;

  constructor(file: StoredBytes, signal: AbortSignal) {
    this.byteLength = file.sizeBytes;
    this.#file = file;
    this.#signal = signal;
  }

  async slice(start: number, end: number = this.byteLength): Promise<ArrayBuffer> {
    if (!(start >= 0 && start <= end && end <= this.byteLength)) {
      throw malformed(`byte ${end}: the file has ${this.byteLength} bytes, but refers to data beyond them.`);
    }
    this.#signal.throwIfAborted();
    try {
      const bytes = await this.#file.slice(start, end, this.#signal);
      if (bytes.byteLength !== end - start) throw new Error(`only ${bytes.byteLength} of ${end - start} bytes arrived`);
      return bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength
        ? bytes.buffer
        : bytes.slice().buffer;
    } catch (cause) {
      this.failure ??= cause;
      throw cause;
    }
  }
}

/**
 * Reads the footer.
 * @throws PermanentFailure by the byte where it is none
 */
export async function openParquet(reader: RangeReader): Promise<ParquetFile> {
  await checkTail(reader);
  const metadata = await parsed(reader, 'the footer', () => parquetMetadataAsync(reader));
  const columns = await parsed(reader, 'the schema', async () => columnsOf(metadata.schema));
  return { metadata, columns, rows: Number(metadata.num_rows) };
}

/** Before a parser is let loose on it: that there is a footer, and how long it may be. */
async function checkTail(reader: RangeReader): Promise<void> {
  const { byteLength } = reader;
  if (byteLength < TAIL_BYTES + MAGIC.length)
    throw malformed(`The file has ${byteLength} bytes, too few for a Parquet file.`);
  const tail = new DataView(await reader.slice(byteLength - TAIL_BYTES, byteLength));
  const magic = String.fromCharCode(...new Uint8Array(tail.buffer, 4));
  if (magic !== MAGIC) {
    const detail = `byte ${byteLength - MAGIC.length}: the file does not end in "${MAGIC}", as Parquet does.`;
    throw new PermanentFailure('DATASET_MALFORMED', detail);
  }
  const length = tail.getUint32(0, true);
  const at = `byte ${byteLength - TAIL_BYTES}: the footer`;
  if (length > byteLength - TAIL_BYTES - MAGIC.length) throw malformed(`${at} is longer than the file.`);
  if (length > MAX_FOOTER_BYTES) throw overLimit(`${at} has ${length} bytes; at most ${MAX_FOOTER_BYTES} are read.`);
}

/**
 * Runs the decoder on bytes that nobody has vouched for: whatever it throws means that they are broken, unless the bytes
 * could not be had at all.
 */
export async function parsed<T>(reader: RangeReader, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (reader.failure !== undefined) throw reader.failure;
    if (cause instanceof PermanentFailure) throw cause;
    throw malformed(`${what} of the Parquet file is damaged or of an unknown kind.`, { cause });
  }
}

function columnsOf(schema: readonly SchemaElement[]): ParquetColumn[] {
  const columns: ParquetColumn[] = [];
  let at = 1;
  for (let child = 0; child < (schema[0]?.num_children ?? 0); child += 1) {
    const element = schema[at];
    if (element === undefined) throw new Error('the schema ends too early');
    columns.push({ name: element.name, element, ...valuesOf(element) });
    at = afterElement(schema, at);
  }
  return columns;
}

/** The position after an element and all of its children. */
function afterElement(schema: readonly SchemaElement[], at: number): number {
  let open = 1;
  let next = at;
  while (open > 0) {
    const element = schema[next];
    if (element === undefined) throw new Error('the schema ends too early');
    open += (element.num_children ?? 0) - 1;
    next += 1;
  }
  return next;
}

/**
 * The metadata with the annotations taken off whose values this service makes itself: the decoder's own way would cut
 * decimals to doubles and times to milliseconds.
 */
export function withRawValues({ metadata, columns }: ParquetFile): FileMetaData {
  const raw = new Set(columns.filter((column) => column.raw).map(({ element }) => element));
  const schema = metadata.schema.map((element) => {
    if (!raw.has(element)) return element;
    const { logical_type: _, converted_type: __, ...bare } = element;
    return bare;
  });
  return { ...metadata, schema };
}

/** Where the bytes of a column chunk start, and the byte after them. */
export function chunkRange(chunk: ColumnMetaData): { readonly start: number; readonly end: number } {
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  return { start, end: start + Number(chunk.total_compressed_size) };
}
