import type { Readable, Writable } from 'node:stream';
import { type RenderedFile, type RenderReport, renderPdf, renderXlsx } from '../../render/index.ts';
import { save, withInput } from '../files.ts';
import { Pace, type Screen, sized } from '../screen.ts';
import { type ReportFlags, specOf } from '../spec.ts';

export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly signal: AbortSignal;
}

/** `quire render`: a file of rows to a report, by the engines alone. */
export async function renderCommand(file: string, flags: ReportFlags, screen: Screen, streams: Streams): Promise<void> {
  const { format, title, table, common, dataset, out } = await specOf(file, flags);
  await withInput(file, streams.stdin, async (path) => {
    const pace = new Pace();
    const report = { title, ...common, ...table, file: { ...dataset, path } } as RenderReport;
    const options = {
      signal: streams.signal,
      onProgress: ({ rowsWritten, bytesRead, bytesTotal }: Progress) => {
        screen.progress(pace.line(rowsWritten, bytesTotal ? (bytesRead ?? 0) / bytesTotal : undefined));
      },
    };
    const rendered: RenderedFile = format === 'xlsx' ? renderXlsx(report, options) : renderPdf(report, options);
    const saved = await save(rendered.body as AsyncIterable<Uint8Array>, out, streams.stdout);
    const facts = await rendered.facts;
    const extent = facts.pages === undefined ? '' : `, ${facts.pages} ${facts.pages === 1 ? 'page' : 'pages'}`;
    screen.note(
      `${out === '-' ? 'standard output' : out}: ${pace.line(facts.rows)}${extent}, ${sized(saved.sizeBytes)}`,
    );
    for (const { code, detail, count } of facts.warnings) screen.note(`warning ${code} (${count}): ${detail}`);
    if (out !== '-' && screen.json) screen.data({ file: out, ...saved, ...facts }, out);
  });
}

interface Progress {
  readonly rowsWritten: number;
  readonly bytesRead?: number;
  readonly bytesTotal?: number;
}
