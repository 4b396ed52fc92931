import type { Actor, Point, Sequence, Step } from './model.ts';
import { box, icon, LINE, line, PALE, svg } from './paint.ts';
import { type Say, widthOf, wrap } from './text.ts';

const SIZE = 12;
const LEADING = 15;
const HEAD = 74;
const TOP = 14;
const GAP = 12;
/** How far a frame stands in from the edge, and each inner one from the one around it. */
const EDGE = 8;

interface Pen {
  readonly sequence: Sequence;
  readonly say: Say;
  readonly parts: string[];
  readonly xs: ReadonlyMap<string, number>;
  readonly pitch: number;
  y: number;
  depth: number;
}

/** A message flow: actors on top, time downwards; columns and heights follow from the texts, so nothing overlaps. */
export function paintSequence(sequence: Sequence, say: Say): string {
  const { actors, width } = sequence;
  const pitch = (width - 2 * EDGE - 8) / actors.length;
  const xs = new Map(actors.map(({ id }, i) => [id, EDGE + 4 + pitch * (i + 0.5)]));
  const pen: Pen = { sequence, say, parts: [], xs, pitch, y: TOP + HEAD + 10, depth: 0 };
  for (const step of sequence.steps) draw(step, pen);
  const height = pen.y + 18;
  const lanes = actors.map((actor) => lane(actor, pen, height - 10));
  return svg(say(sequence.title), [width, height], [...lanes, ...pen.parts].join('\n'));
}

function lane(actor: Actor, pen: Pen, bottom: number): string {
  const x = pen.xs.get(actor.id) as number;
  const width = Math.min(pen.pitch - 10, 150);
  return [
    `<line x1="${x}" y1="${TOP + HEAD}" x2="${x}" y2="${bottom}" stroke="${PALE}" stroke-width="1.5"/>`,
    box([x - width / 2, TOP], [width, HEAD - 6], { fill: '#ffffff', stroke: PALE }),
    icon(actor.kind, [x - 14, TOP + 7], 28),
    line(pen.say(actor.title), [x, TOP + 54], { size: 12.5, bold: true, anchor: 'middle' }),
  ].join('');
}

function at(pen: Pen, id: string): number {
  const x = pen.xs.get(id);
  if (x === undefined) throw new Error(`${pen.sequence.name}: no actor "${id}"`);
  return x;
}

function draw(step: Step, pen: Pen): void {
  if ('when' in step) frame(step.when, pen);
  else if ('note' in step) note(pen.say(step.note), at(pen, step.over), pen);
  else if ('killed' in step) killed(pen.say(step.text), at(pen, step.killed), pen);
  else if (step.from === step.to) self(pen.say(step.text), at(pen, step.from), pen);
  else message(step, pen);
}

function message(step: Extract<Step, { from: string }>, pen: Pen): void {
  const from = at(pen, step.from);
  const to = at(pen, step.to);
  const room = Math.abs(to - from) - 18;
  const lines = wrap(pen.say(step.text), room, SIZE);
  pen.y += GAP / 2;
  const middle = (from + to) / 2;
  pen.parts.push(label(lines, middle, pen.y, room));
  pen.y += lines.length * LEADING + 5;
  const end = step.lost ? from + (to - from) * 0.82 : to + (from < to ? -2 : 2);
  const dash = step.reply ? ' stroke-dasharray="5 4"' : '';
  pen.parts.push(
    `<line x1="${from}" y1="${pen.y}" x2="${end}" y2="${pen.y}" stroke="${LINE}" stroke-width="1.4"${dash} marker-end="url(#tip)"/>`,
  );
  if (step.lost) pen.parts.push(cross([end + (from < to ? 9 : -9), pen.y]));
  pen.y += GAP / 2 + 3;
}

function label(lines: readonly string[], middle: number, top: number, room: number): string {
  const width = Math.min(room + 6, Math.max(...lines.map((text) => widthOf(text, SIZE))) + 8);
  return [
    box([middle - width / 2, top], [width, lines.length * LEADING + 2], { fill: '#ffffff', stroke: 'none', radius: 2 }),
    ...lines.map((text, i) => line(text, [middle, top + (i + 1) * LEADING - 3], { size: SIZE, anchor: 'middle' })),
  ].join('');
}

function self(text: string, x: number, pen: Pen): void {
  const right = x + pen.pitch * 0.95 <= pen.sequence.width - EDGE;
  const room = pen.pitch - 46;
  const lines = wrap(text, room, SIZE);
  const height = Math.max(22, lines.length * LEADING);
  const away = right ? 22 : -22;
  pen.y += GAP / 2;
  const [top, bottom] = [pen.y + 4, pen.y + height];
  pen.parts.push(
    `<path d="M${x} ${top}H${x + away}V${bottom}H${x + (right ? 2 : -2)}" fill="none" stroke="${LINE}" stroke-width="1.4" marker-end="url(#tip)"/>`,
    ...lines.map((each, i) =>
      line(each, [x + away + (right ? 6 : -6), pen.y + (i + 1) * LEADING - 2], {
        size: SIZE,
        anchor: right ? 'start' : 'end',
      }),
    ),
  );
  pen.y += height + GAP / 2 + 4;
}

function note(text: string, x: number, pen: Pen): void {
  const lines = wrap(text, pen.pitch * 1.5, SIZE);
  const width = Math.max(...lines.map((each) => widthOf(each, SIZE))) + 18;
  const left = Math.min(Math.max(EDGE + 10 + pen.depth * EDGE, x - width / 2), pen.sequence.width - EDGE - 10 - width);
  const height = lines.length * LEADING + 9;
  pen.y += GAP / 2;
  pen.parts.push(
    box([left, pen.y], [width, height], { fill: '#fff8e1', stroke: '#e3c76a', radius: 4 }),
    ...lines.map((each, i) =>
      line(each, [left + width / 2, pen.y + (i + 1) * LEADING], { size: SIZE, anchor: 'middle' }),
    ),
  );
  pen.y += height + GAP / 2;
}

function killed(text: string, x: number, pen: Pen): void {
  pen.y += 16;
  pen.parts.push(cross([x, pen.y]), line(text, [x + 16, pen.y + 4], { size: SIZE, bold: true, fill: '#b91c1c' }));
  pen.y += 16;
}

function cross([x, y]: Point): string {
  return `<path d="M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x + 6} ${y - 6}L${x - 6} ${y + 6}" stroke="#b91c1c" stroke-width="2.4" fill="none"/>`;
}

function frame(branches: Extract<Step, { when: unknown }>['when'], pen: Pen): void {
  pen.y += GAP / 2;
  const top = pen.y;
  const inset = EDGE * (pen.depth + 1) - EDGE / 2;
  const width = pen.sequence.width - 2 * inset;
  const titles: string[] = [];
  pen.depth += 1;
  branches.forEach(({ title, steps }, i) => {
    if (i > 0)
      titles.push(
        `<line x1="${inset}" y1="${pen.y}" x2="${inset + width}" y2="${pen.y}" stroke="#8aa0ba" stroke-dasharray="4 4"/>`,
      );
    const text = pen.say(title);
    titles.push(
      box([inset, pen.y], [widthOf(text, SIZE, '600SemiBold') + 22, 21], {
        fill: '#eef4fb',
        stroke: '#8aa0ba',
        radius: 4,
      }),
      line(text, [inset + 10, pen.y + 15], { size: SIZE, bold: true, fill: '#33506f' }),
    );
    pen.y += 26;
    for (const step of steps) draw(step, pen);
    pen.y += 6;
  });
  pen.depth -= 1;
  pen.parts.push(box([inset, top], [width, pen.y - top], { fill: 'none', stroke: '#8aa0ba', radius: 4 }), ...titles);
  pen.y += GAP / 2;
}
