import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { ApiError, type Client } from '../client/client.ts';
import type { JobView } from '../lambdas/domain/answers.ts';
import { OUT } from './paths.ts';
import { createProgress, type Progress } from './progress.ts';
import { sampleRequests } from './samples/index.ts';

type SampleRequest = Awaited<ReturnType<typeof sampleRequests>>[number];

const POLL_MS = 250;

/**
 * Posts the sample requests, follows them to the end and saves the files in `out/`. All run side by side; one that
 * fails does not stop the others.
 *
 * @returns the saved files' paths
 * @throws AggregateError that names every report that went wrong
 */
export async function runSamples(client: Client): Promise<string[]> {
  await mkdir(OUT, { recursive: true });
  const progress = createProgress();
  const requests = await sampleRequests();
  const results = await Promise.allSettled(requests.map((request) => runSample(request, client, progress)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, failures.map((error) => error.message).join('\n'));
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function runSample(request: SampleRequest, client: Client, progress: Progress): Promise<string> {
  const label = `${request.fileName}.${request.format}`;
  try {
    progress.update({ label, part: 0, note: 'posting' });
    const { id } = await client.generate(request, { 'idempotency-key': randomUUID() });
    const onChange = (job: JobView) => progress.update({ label, ...standingOf(job) });
    const file = await save(await client.ended(id, { onChange, pollMs: POLL_MS }), client);
    progress.update({ label, part: 1, note: file.note });
    return file.path;
  } catch (error) {
    progress.update({ label, part: 0, note: 'failed' });
    throw new ApiError(`${label}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function standingOf({ status, progress: { rowsWritten, rowsTotal } }: JobView): { part: number; note: string } {
  if (status === 'processing') return { part: rowsTotal ? (rowsWritten / rowsTotal) * 0.95 : 0, note: status };
  return { part: status === 'done' ? 0.95 : 0, note: status };
}

/** @throws ApiError when the job has no file, or another one than it says */
async function save(job: JobView, client: Client): Promise<{ path: string; note: string }> {
  if (job.error) throw new ApiError(`${job.error.code}: ${job.error.detail}`);
  const bytes = new Uint8Array(await (await client.download(job)).arrayBuffer());
  const { report } = job;
  if (report?.sizeBytes !== bytes.length) throw new ApiError(`${bytes.length} bytes came, not ${report?.sizeBytes}`);
  if (report.sha256 !== createHash('sha256').update(bytes).digest('hex')) throw new ApiError('the hash is another one');
  const path = `${OUT}/${report.fileName}`;
  await writeFile(path, bytes);
  const extent = report.pages === undefined ? `${report.sheets} sheets` : `${report.pages} pages`;
  return { path, note: `${report.rows} rows, ${extent}, ${(bytes.length / 1024).toFixed(0)} KB` };
}
