import type { DatasetView } from '../../domain/answers.ts';
import { datasetKey, givenOutAt, isDatasetId } from '../../domain/dataset.ts';
import type { Clock, DatasetStore } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';

export interface LookUpPorts {
  readonly datasets: DatasetStore;
  readonly clock: Clock;
}

/** In seconds. */
export interface LookUpSettings {
  readonly datasetRetention: number;
  readonly link: number;
}

/**
 * Whether a dataset has arrived. As long as its link may be used, one that has not is awaited, for any tenant: an id of
 * another tenant is answered like one of the caller's own that nothing was uploaded to.
 * @throws Problem `NOT_FOUND` for an id that was never given out, that nothing was uploaded to in time, or that expired
 */
export async function lookUp(
  id: string,
  tenant: string,
  { datasets, clock }: LookUpPorts,
  { datasetRetention, link }: LookUpSettings,
): Promise<DatasetView> {
  if (!isDatasetId(id)) throw unknown();
  const stored = await datasets.inspect(datasetKey(tenant, id));
  const now = clock.now();
  const since = stored?.uploadedAt ?? givenOutAt(id);
  const expires = since + datasetRetention * 1000;
  const isAwaited = stored === undefined && now >= since && now < since + link * 1000;
  if (stored === undefined ? !isAwaited : expires <= now) throw unknown();
  return {
    id,
    status: stored === undefined ? 'awaited' : 'uploaded',
    sizeBytes: stored?.sizeBytes ?? null,
    uploadedAt: stored === undefined ? null : new Date(stored.uploadedAt).toISOString(),
    expiresAt: new Date(expires).toISOString(),
  };
}

function unknown(): Problem {
  return new Problem(
    'NOT_FOUND',
    'The dataset was not found: it is unknown, was not uploaded in time, or has expired.',
  );
}
