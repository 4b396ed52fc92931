import {
  CHIP_SIZE,
  chipRows,
  DUTY_SIZE,
  dutyOf,
  ICON,
  LABEL_SIZE,
  type Layout,
  LEADING,
  layOut,
  measure,
  PADDING,
  TITLE_SIZE,
} from './layout.ts';
import type { Board, Card, Frame } from './model.ts';
import { box, GREY, INK, icon, line, PALE, path, svg } from './paint.ts';
import { type Say, widthOf } from './text.ts';

/** The whole picture as SVG. */
export function paintBoard(board: Board, say: Say): string {
  const layout = layOut(board, say);
  const cards = new Map(board.cards.map((card) => [card.id, card]));
  const [width, height] = board.size;
  const parts = [
    ...board.frames.map((frame) => paintFrame(frame, say)),
    ...layout.routes.map(({ arrow, points }) => path(points, arrow.style === 'link' || arrow.style === 'time')),
    ...board.cards.map((card) => paintCard(card, cards, say)),
    ...layout.labels.map(paintLabel),
    board.legend ? line(say(board.legend), [20, height - 14], { size: DUTY_SIZE, fill: GREY }) : '',
  ];
  return svg(say(board.title), [width, height], parts.join('\n'));
}

function paintFrame({ title, at, size, style }: Frame, say: Say): string {
  const border = style === 'border';
  const look = border
    ? { fill: '#f8fafc', stroke: '#b91c1c', dash: '7 4', radius: 10, width: 1.4 }
    : { fill: '#eef4fb', stroke: '#b6c8de', radius: 8 };
  const fill = border ? '#b91c1c' : '#33506f';
  return box(at, size, look) + line(say(title), [at[0] + 12, at[1] + 18], { size: 12, bold: true, fill });
}

const STATE_FILL: Readonly<Record<string, string>> = { done: '#e6f4ea', error: '#fdeaea', cancelled: '#f1f1f4' };

function paintCard(card: Card, cards: ReadonlyMap<string, Card>, say: Say): string {
  const { at, size, kind } = card;
  const [x, y] = at;
  if (kind === 'start')
    return `<circle cx="${x + size[0] / 2}" cy="${y + size[1] / 2}" r="${size[0] / 2}" fill="${INK}"/>`;
  if (kind === 'route') {
    const look = { fill: '#ffffff', stroke: '#b6c8de', radius: size[1] / 2 };
    return (
      box(at, size, look) +
      line(say(card.title), [x + size[0] / 2, y + size[1] / 2 + 4], { size: 11, bold: true, anchor: 'middle' })
    );
  }
  if (kind === 'state' || kind === 'end') return paintState(card, say);
  const { head, height } = measure(card, cards, say);
  const duty = dutyOf(card, say);
  const indent = x + PADDING + ICON + 8;
  const top = y + PADDING - 3 + Math.max(0, (size[1] - height) / 2);
  const block = TITLE_SIZE + 3 + duty.length * LEADING;
  const first = top + Math.max(0, (head - block) / 2) + TITLE_SIZE;
  const parts = [
    box(at, size, { fill: '#ffffff', stroke: PALE }),
    icon(kind, [x + PADDING, top + Math.max(2, (head - ICON) / 2)], ICON),
    line(say(card.title), [indent, first], { size: TITLE_SIZE, bold: true }),
    ...duty.map((text, i) => line(text, [indent, first + (i + 1) * LEADING], { size: DUTY_SIZE, fill: GREY })),
  ];
  chipRows(card, cards, say).forEach((row, i) => {
    let left = x + PADDING;
    const base = top + head + 3 + i * 14 + 9;
    for (const { text, colour } of row) {
      parts.push(`<circle cx="${left + 4}" cy="${base - 3.5}" r="3.5" fill="${colour}"/>`);
      parts.push(line(text, [left + 11, base], { size: CHIP_SIZE, fill: '#334155' }));
      left += widthOf(text, CHIP_SIZE) + 20;
    }
  });
  return parts.join('');
}

function paintState(card: Card, say: Say): string {
  const { at, size, kind, id } = card;
  const duty = dutyOf(card, say);
  const look = {
    fill: STATE_FILL[id] ?? '#eaf1fb',
    stroke: kind === 'end' ? '#475569' : '#7c9cc4',
    radius: 14,
    width: kind === 'end' ? 2.4 : 1.4,
  };
  const middle = at[0] + size[0] / 2;
  const first = at[1] + (size[1] - (TITLE_SIZE + 4 + duty.length * LEADING)) / 2 + TITLE_SIZE;
  return [
    box(at, size, look),
    line(say(card.title), [middle, first], { size: TITLE_SIZE + 1, bold: true, anchor: 'middle' }),
    ...duty.map((text, i) =>
      line(text, [middle, first + (i + 1) * LEADING], { size: DUTY_SIZE, fill: GREY, anchor: 'middle' }),
    ),
  ].join('');
}

function paintLabel({ at, size, lines, bold }: Layout['labels'][number]): string {
  const middle = at[0] + size[0] / 2;
  return [
    box(at, size, { fill: '#ffffff', stroke: 'none', radius: 3 }),
    ...lines.map((text, i) =>
      line(text, [middle, at[1] + (i + 1) * LEADING - 2], {
        size: LABEL_SIZE,
        bold: i < bold,
        fill: bold > 0 && i >= bold ? GREY : INK,
        anchor: 'middle',
      }),
    ),
  ].join('');
}
