/** A table of Markdown as the formatter wants it: columns of even width, the last one to the right. */
export function table(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = header.map((_, i) => Math.max(3, ...[header, ...lines].map((line) => cell(line, i).length)));
  const last = header.length - 1;
  const padded = (line: readonly string[]) =>
    widths.map((width, i) => (i === last ? cell(line, i).padStart(width) : cell(line, i).padEnd(width)));
  const rule = widths.map((width, i) => (i === last ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [padded(header), rule, ...lines.map(padded)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cell(line: readonly string[], column: number): string {
  return line[column] ?? '';
}

/** A table of words: every column to the left. */
export function leftTable(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const told = lines.map((line) => line.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')));
  const widths = header.map((_, i) => Math.max(3, ...[header, ...told].map((line) => cell(line, i).length)));
  const padded = (line: readonly string[]) => widths.map((width, i) => cell(line, i).padEnd(width));
  return [padded(header), widths.map((width) => '-'.repeat(width)), ...told.map(padded)]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}
