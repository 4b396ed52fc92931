import { readFile } from 'node:fs/promises';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetWriteBuffer } from 'hyparquet-writer';

const ALL = new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url);

/** The first flights of three million, as a Parquet file of its own: reading all of them takes a busy machine minutes. */
export async function firstFlights(count: number): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, byteOffset, byteLength } = await readFile(ALL);
  const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file, compressors, rowEnd: count });
  const column = (name: string) => rows.map((row) => row[name]);
  const columnData = [
    { name: 'date', data: column('date') },
    { name: 'delay', data: column('delay').map(Number) },
    { name: 'distance', data: column('distance').map(Number) },
    { name: 'origin', data: column('origin') },
    { name: 'destination', data: column('destination') },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
