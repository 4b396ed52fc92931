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
  const lines = [header, header.map((_, i) => (i === 0 ? '---' : '--:'))];
  for (const contestant of contestants) lines.push(cells(contestant, sizes, most));
  const table = lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
  return `${table}\n\n${footnote(contestants, most)}`;
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
