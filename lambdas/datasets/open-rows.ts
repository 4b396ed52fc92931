import { type DatasetRequest, datasetKey } from '../domain/dataset.ts';
import { PermanentFailure } from '../domain/failures.ts';
import type { DatasetStore } from '../domain/ports.ts';
import type { RowSource, RowsContext } from '../domain/rendering.ts';
import type { RequestTable } from '../domain/request.ts';
import type { Unpack } from './dataset.ts';
import { type Defined, definedRows } from './defined.ts';
import { inlineRows } from './inline.ts';
import type { DatasetLimits } from './limits.ts';
import { openDataset } from './open-dataset.ts';

export interface RowOpening {
  readonly datasets: DatasetStore;
  readonly limits: DatasetLimits;
  readonly unpack: Unpack;
  /** Reports that are defined in code. */
  readonly reports?: Defined | undefined;
}

const NONE: Defined = {
  definitions: [],
  get sources(): never {
    throw new Error('There are no sources of reports.');
  },
};

/** Opens the rows of a table, wherever they are; reads as much of a file as tells its columns and its length. */
export function rowOpener({ datasets, limits, unpack, reports = NONE }: RowOpening) {
  return async (table: RequestTable, context: RowsContext, signal: AbortSignal): Promise<RowSource> => {
    if (table.report !== undefined) return definedRows(table, context, reports, { limits, unpack });
    if (table.dataset === undefined) return inlineRows(table, context);
    const { id, ...spec } = table.dataset;
    const file = datasets.open(datasetKey(context.tenant, id), versionOf(table.dataset, context));
    const { columns } = table;
    const dataset = await openDataset(file, spec, { ...context, columns, limits, unpack });
    await dataset.describe(signal);
    return dataset;
  };
}

/** The row names a version for each dataset of its request; where it does not, nobody knows which one was meant. */
function versionOf({ id }: DatasetRequest, { datasets = [] }: RowsContext) {
  const version = datasets.find((accepted) => accepted.id === id);
  if (version !== undefined) return version;
  throw new PermanentFailure(
    'DATASET_GONE',
    `The job does not say which version of the dataset ${id} it was accepted with.`,
  );
}
