import { grouped } from './grouping.ts';
import type { Measurement } from './results.ts';

/** The results as lines of text, per number of rows and kind of cores, with wall time as a ratio to `reference`. */
export function summary(results: readonly Measurement[], reference: string): string {
  const groups = grouped(results, ({ rows, cores }) => {
    return `${rows.toLocaleString('en')} rows, ${cores === 'one' ? 'one core' : 'all cores'}`;
  });
  return [...groups].flatMap(([title, group]) => ['', title, ...linesOf(group, reference)]).join('\n');
}

function linesOf(group: readonly Measurement[], reference: string): string[] {
  const base = group.find((result) => result.name === reference)?.wallSeconds;
  const fastestFirst = group.toSorted((a, b) => a.wallSeconds - b.wallSeconds);
  const header = formatLine(['', 'wall s', `× ${reference}`, 'CPU s', 'rows/s', 'RSS MiB', 'MB', 'runs']);
  return [header, ...fastestFirst.map((result) => formatLine(figuresOf(result, base)))];
}

function figuresOf(result: Measurement, base: number | undefined): string[] {
  const { name, rows, wallSeconds, cpuSeconds, peakRssMiB, bytes, runs } = result;
  return [
    name,
    wallSeconds.toFixed(2),
    base === undefined ? '–' : (wallSeconds / base).toFixed(2),
    cpuSeconds.toFixed(2),
    Math.round(rows / wallSeconds).toLocaleString('en'),
    peakRssMiB.toFixed(0),
    (bytes / 1e6).toFixed(2),
    String(runs),
  ];
}

function formatLine([name = '', ...values]: readonly string[]): string {
  return name.padEnd(26) + values.map((value) => value.padStart(12)).join('');
}
