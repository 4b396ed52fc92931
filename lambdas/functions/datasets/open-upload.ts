import type * as z from 'zod';
import type { DatasetUpload } from '../../domain/answers.ts';
import { datasetKey, uploadRequestSchema } from '../../domain/dataset.ts';
import { randomJobId } from '../../domain/ids.ts';
import { invalidRequest } from '../../domain/issues.ts';
import { tenantHash } from '../../domain/keys.ts';
import type { Clock, Log, UploadLinks } from '../../domain/ports.ts';

export interface UploadPorts {
  readonly links: UploadLinks;
  readonly clock: Clock;
  readonly log: Log;
}

export interface UploadSettings {
  /** Seconds. */
  readonly datasetRetention: number;
  readonly datasetMaxBytes: number;
}

/**
 * Gives out a place to upload rows to: an id of its own, and a link. Nothing is stored: what has been uploaded is what
 * stands in the bucket.
 * @throws Problem `INVALID_REQUEST` for a body that is wrong or announces too much
 */
export async function openUpload(
  tenant: string,
  json: unknown,
  { links, clock, log }: UploadPorts,
  { datasetRetention, datasetMaxBytes }: UploadSettings,
): Promise<DatasetUpload> {
  const { sizeBytes } = parsed(json);
  if (sizeBytes !== undefined && sizeBytes > datasetMaxBytes) {
    throw refusal('sizeBytes', 'DATASET_TOO_LARGE', `is ${sizeBytes}; at most ${datasetMaxBytes} bytes are read`);
  }
  const now = clock.now();
  const id = randomJobId(now);
  const { url, headers, expiresAt } = await links.signUpload(datasetKey(tenant, id), sizeBytes);
  const signed = { datasetId: id, tenant: tenantHash(tenant), until: expiresAt, sizeBytes };
  log.measure('upload link signed', signed, { LinksSigned: 1 });
  return {
    id,
    upload: { method: 'PUT', url, headers, expiresAt },
    expiresAt: new Date(now + datasetRetention * 1000).toISOString(),
  };
}

function parsed(json: unknown): z.infer<typeof uploadRequestSchema> {
  const result = uploadRequestSchema.safeParse(json === undefined ? {} : json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (unknown !== undefined) throw refusal(unknown, 'UNKNOWN_MEMBER', 'is not a known member');
  throw refusal(String(issue?.path[0] ?? ''), 'INVALID_VALUE', issue?.message ?? 'is not valid');
}

function refusal(member: string, code: 'DATASET_TOO_LARGE' | 'UNKNOWN_MEMBER' | 'INVALID_VALUE', message: string) {
  return invalidRequest([{ path: member === '' ? [] : [member], code, message }]);
}
