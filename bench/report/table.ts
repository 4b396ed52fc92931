import { type Compared, type Comparison, figure, rowsText } from './comparison.ts';

/** The comparison as a table of Markdown, its footnote below. */
export function markdownTable(all: Comparison): string {
  const { sizes, contestants, reference } = all;
  const most = sizes.at(-1) ?? 0;
  const columns = {
    oneCore: contestants.some(({ oneCore }) => oneCore),
    lacks: contestants.some((c) => c.lacks.length > 0),
  };
  const header = [
    '',
    ...sizes.map((size) => `${rowsText(size)} rows: s`),
    `× ${reference}`,
    ...(columns.oneCore ? ['one core: s', `× ${reference}`] : []),
    'CPU s',
    'peak RSS MiB',
    'file MB',
    ...(columns.lacks ? ['leaves out'] : []),
  ];
  const lines = contestants.map((contestant) => cells(contestant, all, columns));
  return `${aligned(header, lines, columns.lacks ? 1 : 0)}\n\n${footnote(contestants, most)}`;
}

/**
 * As the formatter wants it: columns of even width, the first to the left, figures to the right.
 * @param texts how many of the last columns are no figures
 */
export function aligned(header: readonly string[], lines: readonly (readonly string[])[], texts = 0): string {
  const isText = (i: number) => i === 0 || i >= header.length - texts;
  const widths = header.map((_, i) => Math.max(3, ...[header, ...lines].map((line) => (line[i] ?? '').length)));
  const rule = widths.map((width, i) => (isText(i) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const padded = (line: readonly string[]) =>
    widths.map((width, i) => (isText(i) ? (line[i] ?? '').padEnd(width) : (line[i] ?? '').padStart(width)));
  return [padded(header), rule, ...lines.map(padded)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cells(contestant: Compared, { sizes }: Comparison, columns: { oneCore: boolean; lacks: boolean }): string[] {
  const { name, floor, ours, wallSeconds, largest, ratio, oneCore, lacks } = contestant;
  const mark = largest.rows === sizes.at(-1) ? '' : '*';
  const single = [figure(oneCore?.wallSeconds ?? Number.NaN), figure(oneCore?.ratio ?? Number.NaN)];
  const used = [figure(largest.cpuSeconds), String(Math.round(largest.peakRssMiB)), figure(largest.bytes / 1e6)];
  const figures = [
    ...sizes.map((size) => figure(wallSeconds.get(size) ?? Number.NaN)),
    ...[figure(ratio), ...(columns.oneCore ? single : []), ...used].map((text) => (text === '–' ? text : text + mark)),
  ];
  const leavesOut = columns.lacks ? [lacks.join(', ')] : [];
  if (ours) return [`**${name}**`, ...figures.map((text) => `**${text}**`), ...leavesOut];
  return [floor ? `_${name}_` : name, ...figures, ...leavesOut];
}

function footnote(contestants: readonly Compared[], most: number): string {
  const note = `All but the times by number of rows are of the run with ${rowsText(most)} rows`;
  const fewer = new Set(contestants.map(({ largest }) => largest.rows).filter((rows) => rows < most));
  if (fewer.size === 0) return `${note}.`;
  return `${note}; \\* of the one with ${[...fewer].map(rowsText).join(' or ')}, the most that contestant was asked for.`;
}
