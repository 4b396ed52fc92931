import { isOurs } from '../field.ts';
import { grouped } from '../grouping.ts';
import { type Times, warmResultsSchema } from '../warm/results.ts';
import { figure, rowsText } from './comparison.ts';
import type { Section } from './index.ts';
import { provenance } from './provenance.ts';
import { aligned } from './table.ts';

/** Small files from a process that is warm, beside whole processes: a table for each format. */
export function warmSection(json: unknown): Section {
  const results = warmResultsSchema.parse(json);
  const tables = [...grouped(results.times, ({ format }) => format)].map(
    ([format, times]) => `### ${format.toUpperCase()}\n\n${table(times)}`,
  );
  const runs = Math.min(...results.times.map((times) => times.runs));
  const note = `Medians of ${runs} runs. The first run of a process that goes on is in brackets: nothing is warm then, but the program is loaded.`;
  return { markdown: [...tables, note, provenance(results)].join('\n\n') };
}

function table(times: readonly Times[]): string {
  const sizes = [...new Set(times.map(({ rows }) => rows))].sort((a, b) => a - b);
  const lines = [...grouped(times, ({ name, way }) => `${name}, ${way === 'warm' ? 'warm' : 'a process each'}`)];
  const median = (group: readonly Times[]) => group.find(({ rows }) => rows === sizes.at(-1))?.p50 ?? 0;
  const sorted = lines.toSorted(([, a], [, b]) => median(a) - median(b));
  const header = ['', ...sizes.map((rows) => `${rowsText(rows)} rows: ms`)];
  return aligned(
    header,
    sorted.map(([title, group]) => line(title, group, sizes)),
  );
}

function line(title: string, group: readonly Times[], sizes: readonly number[]): string[] {
  const bold = (text: string) => (group.some(({ name }) => isOurs(name)) ? `**${text}**` : text);
  const cells = sizes.map((size) => {
    const times = group.find(({ rows }) => rows === size);
    if (times === undefined) return '–';
    return times.way === 'warm' ? `${figure(times.p50)} (${figure(times.first)})` : figure(times.p50);
  });
  return [bold(title), ...cells.map(bold)];
}
