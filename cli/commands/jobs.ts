import type { Job, QuireClient } from '../../client/index.ts';
import type { Screen } from '../screen.ts';

export interface Service {
  readonly screen: Screen;
  readonly quire: QuireClient;
}

/** `quire status`: where a job stands. */
export async function statusCommand(id: string, { screen, quire }: Service, signal: AbortSignal): Promise<void> {
  const job = await quire.status(id, { signal });
  screen.data(job, jobLines(job).join('\n'));
}

/** `quire cancel`: ends a job before it has a file. */
export async function cancelCommand(id: string, { screen, quire }: Service, signal: AbortSignal): Promise<void> {
  const job = await quire.cancel(id, { signal });
  screen.data(job, jobLines(job).join('\n'));
  if (job.finishedAt === null) screen.note(`It ends within a minute: quire status ${id}`);
}

function jobLines({ id, status, format, createdAt, finishedAt, progress, report, error }: Job): string[] {
  const facts: [string, string | undefined][] = [
    ['job', id],
    ['status', status],
    ['format', format],
    ['created', createdAt],
    ['finished', finishedAt ?? undefined],
    ['rows', progress.rowsWritten > 0 ? progress.rowsWritten.toLocaleString('en') : undefined],
    ['file', report?.fileName],
    ['sha256', report?.sha256],
    ['url', report?.url ?? undefined],
    ['error', error ? `${error.code}: ${error.detail}` : undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(9)}${value}`]));
}
