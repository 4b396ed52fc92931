import { type Compared, type Comparison, figure, rowsText } from './comparison.ts';

/** The comparison as a table of Markdown. */
export function markdownTable({ sizes, contestants, reference }: Comparison): string {
  const most = sizes.at(-1) as number;
  const header = [
    '',
    ...sizes.map((size) => `${rowsText(size)} rows: s`),
    `× ${reference}`,
    'CPU s',
    'peak RSS MiB',
    'file MB',
  ];
  const lines = contestants.map((contestant) => cells(contestant, sizes, most));
  return `${aligned(header, lines)}\n\n${footnote(contestants, most)}`;
}

/** As the formatter wants it: columns of even width, the first to the left, figures to the right. */
export function aligned(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = header.map((_, i) => Math.max(3, ...[header, ...lines].map((line) => (line[i] as string).length)));
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const padded = (line: readonly string[]) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)));
  return [padded(header), rule, ...lines.map(padded)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cells(contestant: Compared, sizes: readonly number[], most: number): string[] {
  const { name, floor, ours, wallSeconds, largest, ratio } = contestant;
  const mark = largest.rows === most ? '' : '*';
  const figures = [figure(ratio), figure(largest.cpuSeconds), String(Math.round(largest.peakRssMiB))];
  const line = [
    ...sizes.map((size) => figure(wallSeconds.get(size) ?? Number.NaN)),
    ...[...figures, figure(largest.bytes / 1e6)].map((text) => text + mark),
  ];
  if (ours) return [`**${name}**`, ...line.map((text) => `**${text}**`)];
  return [floor ? `_${name}_` : name, ...line];
}

function footnote(contestants: readonly Compared[], most: number): string {
  const note = `The last four columns are of the run with ${rowsText(most)} rows`;
  const fewer = new Set(contestants.map(({ largest }) => largest.rows).filter((rows) => rows < most));
  if (fewer.size === 0) return `${note}.`;
  return `${note}; \\* of the one with ${[...fewer].map(rowsText).join(' or ')}, the most that contestant was asked for.`;
}
