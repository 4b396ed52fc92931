import { type AcceptedDataset, datasetKey, type StoredDataset } from '../../domain/dataset.ts';
import { faultOf, type Issue } from '../../domain/issues.ts';
import type { Clock, DatasetStore } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import type { ReportRequest } from '../../domain/request.ts';

interface Ports {
  readonly datasets: DatasetStore;
  readonly clock: Clock;
}

export interface DatasetSettings {
  /** Seconds from the upload to its end. */
  readonly datasetRetention: number;
  readonly datasetMaxBytes: number;
}

export interface Naming {
  readonly request: ReportRequest;
  /** Whether the one table was written at the top level, to which places then point. */
  readonly wasSingle: boolean;
  /** Whose datasets they must be: a foreign one is unknown. */
  readonly tenant: string;
}

/** A dataset of a request, and the first table that names it. */
interface Named {
  readonly id: string;
  readonly path: Issue['path'];
}

/**
 * The versions of the datasets that a request names, as they stand in the bucket now; one call for each dataset.
 * @throws Problem `INVALID_REQUEST` that points at each table whose dataset cannot be read
 */
export async function acceptedDatasets(
  { request, wasSingle, tenant }: Naming,
  ports: Ports,
  settings: DatasetSettings,
): Promise<AcceptedDataset[]> {
  const named = namedDatasets(request, wasSingle);
  const stored = await Promise.all(named.map(({ id }) => ports.datasets.inspect(datasetKey(tenant, id))));
  const now = ports.clock.now();
  const issues = named.flatMap(({ path }, i) =>
    issuesOf(stored[i], now, settings).map((issue) => ({ ...issue, path })),
  );
  const [first] = issues;
  if (first !== undefined) {
    const faults = issues.map(faultOf);
    throw new Problem('INVALID_REQUEST', `${faults[0]?.pointer}: ${first.message}`, { faults });
  }
  return named.map(({ id }, i) => {
    const { etag, versionId, sizeBytes } = stored[i] as StoredDataset;
    return { id, etag, versionId, sizeBytes };
  });
}

function namedDatasets({ tables }: ReportRequest, wasSingle: boolean): Named[] {
  const named = new Map<string, Named>();
  tables.forEach(({ dataset }, i) => {
    if (dataset === undefined || named.has(dataset.id)) return;
    named.set(dataset.id, { id: dataset.id, path: wasSingle ? ['dataset'] : ['tables', i, 'dataset'] });
  });
  return [...named.values()];
}

function issuesOf(stored: StoredDataset | undefined, now: number, settings: DatasetSettings): Omit<Issue, 'path'>[] {
  const { datasetRetention, datasetMaxBytes } = settings;
  // The bucket's lifecycle removes a file some time after it has expired.
  if (stored === undefined || stored.uploadedAt + datasetRetention * 1000 <= now) {
    const message = 'names a dataset that is not available: it is unknown, not yet uploaded, or expired';
    return [{ code: 'UNKNOWN_DATASET', message }];
  }
  if (stored.sizeBytes > datasetMaxBytes) {
    const message = `names a dataset of ${stored.sizeBytes} bytes; at most ${datasetMaxBytes} are read`;
    return [{ code: 'DATASET_TOO_LARGE', message }];
  }
  return [];
}
