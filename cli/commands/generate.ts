import { type Job, JobFailed, type QuireClient, type ReportRequest } from '../../client/index.ts';
import { asBlob, save, withInput } from '../files.ts';
import { Pace, type Screen, sized } from '../screen.ts';
import { type ReportFlags, specOf } from '../spec.ts';
import type { Streams } from './render.ts';

export interface GenerateFlags extends ReportFlags {
  readonly key?: string | undefined;
  readonly reference?: string | undefined;
  /** `false` for `--no-wait`. */
  readonly wait: boolean;
}

/** `quire generate`: uploads the rows, posts the request, follows the job, downloads the file and checks it. */
export async function generateCommand(
  file: string,
  flags: GenerateFlags,
  { screen, quire }: { readonly screen: Screen; readonly quire: QuireClient },
  { stdin, stdout, signal }: Streams,
): Promise<void> {
  const { format, title, table, common, dataset, out } = await specOf(file, flags);
  const id = await withInput(file, stdin, async (path) => {
    const rows = await asBlob(path);
    screen.note(`uploading ${sized(rows.size)}`);
    return quire.upload(rows, { signal });
  });
  const reference = flags.reference === undefined ? {} : { reference: flags.reference };
  const request = { format, title, ...common, ...reference, ...table, dataset: { ...dataset, id } };
  // The API is who checks it: what it lacks or has too much of is told by place.
  const accepted = await quire.generate(request as ReportRequest, { signal, idempotencyKey: flags.key });
  screen.note(`job ${accepted.id}`);
  if (!flags.wait) return screen.data(accepted, accepted.id);
  const job = await followed(accepted, quire, screen, signal);
  const { body, report } = await quire.download(job, { signal });
  await save(body as AsyncIterable<Uint8Array>, out, stdout, report);
  const extent = report.pages === undefined ? '' : `, ${report.pages} ${report.pages === 1 ? 'page' : 'pages'}`;
  screen.note(
    `${out === '-' ? 'standard output' : out}: ${report.rows.toLocaleString('en')} rows${extent}, ${sized(report.sizeBytes)}, SHA-256 as told`,
  );
  for (const { code, detail, count } of report.warnings) screen.note(`warning ${code} (${count}): ${detail}`);
  if (out !== '-' && screen.json) screen.data(job, out);
}

async function followed(job: Job, quire: QuireClient, screen: Screen, signal: AbortSignal): Promise<Job> {
  const pace = new Pace();
  let last = job;
  for await (const now of quire.wait(job, { signal })) {
    screen.progress(`${now.status}: ${pace.line(now.progress.rowsWritten, partOf(now))}`);
    last = now;
  }
  screen.clear();
  if (last.report === null) throw new JobFailed(last);
  return last;
}

function partOf({ progress: { rowsWritten, rowsTotal, bytesRead, bytesTotal } }: Job): number | undefined {
  if (rowsTotal) return rowsWritten / rowsTotal;
  return bytesTotal && bytesRead !== null ? bytesRead / bytesTotal : undefined;
}
