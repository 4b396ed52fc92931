import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Job, JobFailed, type QuireClient, type ReportRequest } from '../client/index.ts';
import { OUT } from './paths.ts';
import { createProgress, type Progress } from './progress.ts';
import { sampleRequests } from './samples/index.ts';

type SampleRequest = Awaited<ReturnType<typeof sampleRequests>>[number];

const POLL_MS = 250;

/** A sample report went wrong; the message names it. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
}

/**
 * Posts the sample requests, follows them to the end and saves the files in `out/`. All run side by side; one that
 * fails does not stop the others.
 *
 * @returns the saved files' paths
 * @throws AggregateError that names every report that went wrong
 */
export async function runSamples(client: QuireClient): Promise<string[]> {
  await mkdir(OUT, { recursive: true });
  const progress = createProgress();
  const requests = await sampleRequests();
  const results = await Promise.allSettled(requests.map((request) => runSample(request, client, progress)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, failures.map((error) => error.message).join('\n'));
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function runSample(request: SampleRequest, client: QuireClient, progress: Progress): Promise<string> {
  const label = `${request.fileName}.${request.format}`;
  try {
    progress.update({ label, part: 0, note: 'posting' });
    // The samples are plain JSON, whose members TypeScript takes for any text; the API is who checks them.
    let job = await client.generate(request as ReportRequest);
    for await (job of client.wait(job, { everyMs: POLL_MS })) progress.update({ label, ...standingOf(job) });
    const file = await save(job, client);
    progress.update({ label, part: 1, note: file.note });
    return file.path;
  } catch (error) {
    progress.update({ label, part: 0, note: 'failed' });
    throw new SampleError(`${label}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function standingOf({ status, progress: { rowsWritten, rowsTotal } }: Job): { part: number; note: string } {
  if (status === 'processing') return { part: rowsTotal ? (rowsWritten / rowsTotal) * 0.95 : 0, note: status };
  return { part: status === 'done' ? 0.95 : 0, note: status };
}

/** @throws JobFailed when there is no file, SampleError when it is another one than the job says */
async function save(job: Job, client: QuireClient): Promise<{ path: string; note: string }> {
  if (job.error) throw new JobFailed(job);
  const { body, report } = await client.download(job);
  const path = `${OUT}/${report.fileName}`;
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    Readable.fromWeb(body),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(path),
  );
  if (report.sizeBytes !== bytes) throw new SampleError(`${bytes} bytes arrived, not ${report.sizeBytes}`);
  if (report.sha256 !== hash.digest('hex')) throw new SampleError('the hash differs');
  const extent = report.pages === undefined ? `${report.sheets} sheets` : `${report.pages} pages`;
  return { path, note: `${report.rows} rows, ${extent}, ${(bytes / 1024).toFixed(0)} KB` };
}
