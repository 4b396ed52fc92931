import { type Compared, type Comparison, figure, rowsText } from './comparison.ts';

const WIDTH = 880;
const ROW = 26;
const BAR = 14;
const TOP = 78;
const BOTTOM = 40;
const NAMES = 210;
/** Of each of the two panels, its figures included. */
const PANEL = (WIDTH - NAMES - 24) / 2;
/** Room for the figure behind the longest bar. */
const FIGURE = 128;

interface Panel {
  readonly title: string;
  readonly x: number;
  readonly value: (contestant: Compared) => number;
  readonly text: (contestant: Compared) => string;
}

/** Time and memory of every contestant as bars, side by side. */
export function barChart(title: string, { contestants, sizes, reference }: Comparison): string {
  const most = sizes.at(-1) as number;
  const shown = contestants.filter(({ floor }) => !floor);
  const height = TOP + shown.length * ROW + BOTTOM;
  const at = (contestant: Compared) =>
    contestant.largest.rows === most ? '' : ` at ${rowsText(contestant.largest.rows)}`;
  const panels: Panel[] = [
    {
      title: `Time, as a multiple of ${reference}’s`,
      x: NAMES,
      value: ({ ratio }) => ratio,
      text: (contestant) => `${figure(contestant.ratio)} ×${at(contestant)}`,
    },
    {
      title: 'Peak memory',
      x: NAMES + PANEL + 24,
      value: ({ largest }) => largest.peakRssMiB,
      text: (contestant) => `${Math.round(contestant.largest.peakRssMiB)} MiB${at(contestant)}`,
    },
  ];
  const heading = `${title}, ${rowsText(most)} rows`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(heading)}">`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${height}" rx="8"/>`,
    `<text class="title" x="20" y="32">${escaped(heading)}</text>`,
    ...shown.map((contestant, i) => nameText(contestant, i)),
    ...panels.flatMap((panel) => panelBars(panel, shown)),
    `<text class="note" x="20" y="${height - 14}">${escaped(note(shown, most))}</text>`,
    '</svg>\n',
  ].join('\n');
}

/** The colours follow the reader's page, light or dark. */
const STYLE = `<style>
  text { font: 13px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1b1f24 }
  .title { font-size: 16px; font-weight: 600 }
  .panel, .note, .value { fill: #5b6672 }
  .panel { font-size: 12px; font-weight: 600 }
  .note { font-size: 11px }
  .value { font-size: 12px }
  .own { font-weight: 700; fill: #1b1f24 }
  .ground { fill: #ffffff }
  .peer { fill: #b9c4d2 }
  .ours { fill: #1f6feb }
  .axis { stroke: #d5dce6 }
  @media (prefers-color-scheme: dark) {
    text, .own { fill: #e6edf3 }
    .panel, .note, .value { fill: #9aa6b2 }
    .ground { fill: #0d1117 }
    .peer { fill: #3d4957 }
    .ours { fill: #4493f8 }
    .axis { stroke: #30363d }
  }
</style>`;

function middle(row: number): number {
  return TOP + row * ROW + ROW / 2;
}

function nameText({ name, ours, lacks }: Compared, row: number): string {
  const shown = lacks.length > 0 ? `${name} °` : name;
  const own = ours ? ' class="own"' : '';
  return `<text${own} x="${NAMES - 10}" y="${middle(row) + 4}" text-anchor="end">${escaped(shown)}</text>`;
}

function panelBars({ title, x, value, text }: Panel, contestants: readonly Compared[]): string[] {
  const longest = Math.max(...contestants.map(value));
  const bars = contestants.map((contestant, i) => {
    const width = Math.max(2, (value(contestant) / longest) * (PANEL - FIGURE));
    const y = middle(i);
    return [
      `<rect class="${contestant.ours ? 'ours' : 'peer'}" x="${x}" y="${y - BAR / 2}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>`,
      `<text class="value${contestant.ours ? ' own' : ''}" x="${(x + width + 6).toFixed(1)}" y="${y + 4}">${escaped(text(contestant))}</text>`,
    ].join('');
  });
  const end = TOP + contestants.length * ROW;
  return [
    `<text class="panel" x="${x}" y="${TOP - 14}">${escaped(title)}</text>`,
    `<line class="axis" x1="${x - 0.5}" x2="${x - 0.5}" y1="${TOP}" y2="${end}"/>`,
    ...bars,
  ];
}

function note(contestants: readonly Compared[], most: number): string {
  const fewer = contestants.some(({ largest }) => largest.rows < most);
  const lacks = [...new Set(contestants.flatMap((contestant) => contestant.lacks))];
  const parts = [
    'Shorter is better. Each a fresh process, all on one machine.',
    ...(fewer ? ['“at …”: compared with as many rows, because it was asked for no more.'] : []),
    ...(lacks.length > 0 ? [`°: without ${lacks.join(', ')}, or some of these.`] : []),
  ];
  return parts.join(' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
