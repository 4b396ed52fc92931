import type { DatasetSpec, StoredBytes } from './../domain/dataset.ts';
import { csvFormat } from './csv/format.ts';
import type { Dataset, DatasetContext } from './dataset.ts';
import { jsonFormat, ndjsonFormat } from './json/format.ts';
import { RecordDataset } from './record-dataset.ts';

/** The rows of a stored file. Nothing is read yet. What reads Parquet is loaded when it is first needed. */
export async function openDataset(file: StoredBytes, spec: DatasetSpec, context: DatasetContext): Promise<Dataset> {
  switch (spec.format) {
    case 'csv':
      return new RecordDataset(csvFormat(spec, context), file, spec, context);
    case 'ndjson':
      return new RecordDataset(ndjsonFormat(spec, context), file, spec, context);
    case 'json':
      return new RecordDataset(jsonFormat(spec, context), file, spec, context);
    case 'parquet':
      return new (await import('./parquet/parquet-dataset.ts')).ParquetDataset(file, spec, context);
  }
}
