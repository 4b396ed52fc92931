import { csvFormat } from './csv/format.ts';
import type { Dataset, DatasetContext, DatasetSpec, StoredBytes } from './dataset.ts';
import { jsonFormat, ndjsonFormat } from './json/format.ts';
import { ParquetDataset } from './parquet/parquet-dataset.ts';
import { RecordDataset } from './record-dataset.ts';

/** The rows of a stored file. Nothing is read yet. */
export function openDataset(file: StoredBytes, spec: DatasetSpec, context: DatasetContext): Dataset {
  switch (spec.format) {
    case 'csv':
      return new RecordDataset(csvFormat(spec, context), file, spec, context);
    case 'ndjson':
      return new RecordDataset(ndjsonFormat(spec, context), file, spec, context);
    case 'json':
      return new RecordDataset(jsonFormat(spec, context), file, spec, context);
    case 'parquet':
      return new ParquetDataset(file, spec, context);
  }
}
