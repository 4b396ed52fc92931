import type { Arrow, Board, Card, Point, Port, Side } from './model.ts';
import { GREY } from './paint.ts';
import { type Say, widthOf, wrap } from './text.ts';

export const TITLE_SIZE = 13;
export const DUTY_SIZE = 11.5;
export const CHIP_SIZE = 10.5;
export const LABEL_SIZE = 11.5;
export const LEADING = 15;
export const ICON = 32;
export const PADDING = 9;

/** The colour of a chip: that of the service on its icon. */
const CHIP: Readonly<Record<string, string>> = {
  table: '#c925d1',
  queue: '#e7157b',
  bucket: '#7aa116',
  bus: '#e7157b',
  secret: '#dd344c',
};

export interface Rectangle {
  readonly what: string;
  readonly at: Point;
  readonly size: Point;
}

/** Where everything of a board lies, for the painter and for the tests that nothing overlaps. */
export interface Layout {
  readonly cards: readonly Rectangle[];
  readonly labels: readonly (Rectangle & { readonly lines: readonly string[]; readonly bold: number })[];
  readonly routes: readonly { readonly arrow: Arrow; readonly points: readonly Point[] }[];
  /** Texts that are wider or taller than the card that holds them. */
  readonly overflowing: readonly string[];
}

export function layOut(board: Board, say: Say): Layout {
  const cards = new Map(board.cards.map((card) => [card.id, card]));
  const card = (id: string): Card => {
    const found = cards.get(id);
    if (!found) throw new Error(`${board.name}: no card "${id}"`);
    return found;
  };
  const routes = board.arrows.map((arrow) => ({
    arrow,
    points: straighten(portOf(card(arrow.from), arrow.out), arrow.via ?? [], portOf(card(arrow.to), arrow.in)),
  }));
  const labels = routes.flatMap(({ arrow, points }) => {
    if (!arrow.text) return [];
    const lines = arrow.text.map(say);
    const bold = arrow.bold ?? 0;
    const width = Math.max(
      ...lines.map((text, i) => widthOf(text, LABEL_SIZE, i < bold ? '600SemiBold' : '400Regular')),
    );
    const [x, y] = arrow.textAt ?? middleOf(points);
    const size: Point = [width + 8, lines.length * LEADING + 3];
    return [{ what: lines.join(' '), lines, bold, size, at: [x - size[0] / 2, y - size[1] / 2] as Point }];
  });
  return {
    routes,
    labels,
    cards: board.cards.map(({ id, at, size }) => ({ what: id, at, size })),
    overflowing: board.cards.flatMap((each) => overflow(each, cards, say)),
  };
}

function overflow(card: Card, cards: ReadonlyMap<string, Card>, say: Say): string[] {
  const { width, height, title } = measure(card, cards, say);
  const found: string[] = [];
  if (title > width) found.push(`${card.id}: title is ${Math.ceil(title - width)} px too wide`);
  if (card.kind !== 'route' && card.kind !== 'start' && height > card.size[1])
    found.push(`${card.id}: ${Math.ceil(height - card.size[1])} px too tall`);
  for (const text of dutyOf(card, say)) {
    if (widthOf(text, DUTY_SIZE) > width) found.push(`${card.id}: "${text}" is too wide`);
  }
  return found;
}

function textWidth(card: Card): number {
  const indent = hasIcon(card) ? PADDING + ICON + 8 : PADDING;
  return card.size[0] - indent - (hasIcon(card) ? 6 : PADDING);
}

const hasIcon = ({ kind }: Card): boolean => !['route', 'state', 'end', 'start'].includes(kind);
export const dutyOf = (card: Card, say: Say): string[] =>
  card.duty ? wrap(say(card.duty), textWidth(card), DUTY_SIZE) : [];

interface Chip {
  readonly text: string;
  readonly colour: string;
}

export function chipRows(card: Card, cards: ReadonlyMap<string, Card>, say: Say): Chip[][] {
  const rows: Chip[][] = [[]];
  let used = 0;
  for (const [id, access] of Object.entries(card.uses ?? {})) {
    const target = cards.get(id);
    const chip = {
      text: `${say(target?.short ?? target?.title ?? id)} ${access}`,
      colour: CHIP[target?.kind ?? ''] ?? GREY,
    };
    const width = widthOf(chip.text, CHIP_SIZE) + 20;
    if (used > 0 && used + width > card.size[0] - PADDING) {
      rows.push([]);
      used = 0;
    }
    (rows.at(-1) as Chip[]).push(chip);
    used += width;
  }
  return rows.filter((row) => row.length > 0);
}

export function measure(card: Card, cards: ReadonlyMap<string, Card>, say: Say) {
  const lines = dutyOf(card, say).length;
  const chips = chipRows(card, cards, say).length;
  const text = TITLE_SIZE + 3 + lines * LEADING;
  const head = hasIcon(card) ? Math.max(ICON + 4, text) : text;
  return {
    width: textWidth(card),
    title: widthOf(say(card.title), TITLE_SIZE, '600SemiBold'),
    head,
    height: 2 * (PADDING - 3) + head + (chips > 0 ? 3 + chips * 14 : 0),
  };
}

function portOf({ at: [x, y], size: [width, height] }: Card, port: Port): Point {
  const [side, offset] = typeof port === 'string' ? ([port, 0] as const) : port;
  const points: Record<Side, Point> = {
    left: [x, y + height / 2 + offset],
    right: [x + width, y + height / 2 + offset],
    top: [x + width / 2 + offset, y],
    bottom: [x + width / 2 + offset, y + height],
  };
  return points[side];
}

/** How far an end may be moved along its side so that a line is level or upright. */
const SLACK = 16;

function straighten(from: Point, via: readonly Point[], to: Point): Point[] {
  if (via.length === 0) return [from, snap(to, from)];
  return [snap(from, via[0] as Point), ...via, snap(to, via.at(-1) as Point)];
}

function snap([x, y]: Point, [ox, oy]: Point): Point {
  const [dx, dy] = [Math.abs(x - ox), Math.abs(y - oy)];
  if (dy < dx) return dy <= SLACK ? [x, oy] : [x, y];
  return dx <= SLACK ? [ox, y] : [x, y];
}

function middleOf(points: readonly Point[]): Point {
  let best: Point = points[0] as Point;
  let longest = -1;
  points.slice(1).forEach(([x, y], i) => {
    const [ox, oy] = points[i] as Point;
    const length = Math.hypot(x - ox, y - oy);
    if (length > longest) {
      longest = length;
      best = [(x + ox) / 2, (y + oy) / 2];
    }
  });
  return best;
}
