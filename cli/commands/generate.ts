import { type Job, JobFailed, type QuireClient, type ReportRequest } from '../../client/index.ts';
import { CliError } from '../exit.ts';
import { asBlob, save, withInput } from '../files.ts';
import { Pace, type Screen, sized } from '../screen.ts';
import { definedSpecOf, type ReportFlags, type Spec, specOf } from '../spec.ts';
import type { Streams } from './render.ts';

export interface GenerateFlags extends ReportFlags {
  readonly key?: string | undefined;
  /** A report that the service defines, instead of a file of rows. */
  readonly report?: string | undefined;
  /** `name=value`, once for each parameter of that report. */
  readonly param: readonly string[];
  readonly reference?: string | undefined;
  /** `false` for `--no-wait`. */
  readonly wait: boolean;
}

/**
 * `quire generate`: uploads the rows, or names a report that the service defines, posts the request, follows the job,
 * downloads the file and checks it.
 */
export async function generateCommand(
  file: string | undefined,
  flags: GenerateFlags,
  { screen, quire }: { readonly screen: Screen; readonly quire: QuireClient },
  { stdin, stdout, signal }: Streams,
): Promise<void> {
  const { request, out } = await requestOf(file, flags, async (path, spec) => {
    const id = await withInput(path, stdin, async (readable) => {
      const rows = await asBlob(readable);
      screen.note(`uploading ${sized(rows.size)}`);
      return quire.upload(rows, { signal });
    });
    return { ...spec.dataset, id };
  });
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

type Upload = (path: string, spec: Spec) => Promise<Readonly<Record<string, unknown>>>;

async function requestOf(file: string | undefined, flags: GenerateFlags, upload: Upload) {
  if ((file === undefined) === (flags.report === undefined)) {
    throw new CliError(
      'usage',
      'Name a file of rows (- for standard input), or a report that the service defines: --report.',
    );
  }
  if (file === undefined) {
    const { out, ...members } = await definedSpecOf({ ...flags, report: flags.report as string });
    return { request: { ...members, ...referenceOf(flags) }, out };
  }
  if (flags.param.length > 0) throw new CliError('usage', '--param belongs to --report.');
  const spec = await specOf(file, flags);
  const { format, title, table, common, out } = spec;
  return {
    request: { format, title, ...common, ...referenceOf(flags), ...table, dataset: await upload(file, spec) },
    out,
  };
}

function referenceOf({ reference }: GenerateFlags) {
  return reference === undefined ? {} : { reference };
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
