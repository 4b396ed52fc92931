import { layOut, type Rectangle } from './layout.ts';
import type { Board, Point } from './model.ts';
import type { Say } from './text.ts';

/** What would look wrong in a picture: texts that do not fit, cards, labels and lines that lie on each other. */
export function faults(board: Board, say: Say): string[] {
  const { cards, labels, routes, overflowing } = layOut(board, say);
  const found = [...overflowing];
  const [width, height] = board.size;
  for (const { what, at, size } of [...cards, ...labels]) {
    if (at[0] < 0 || at[1] < 0 || at[0] + size[0] > width || at[1] + size[1] > height) found.push(`${what}: outside`);
  }
  const solid: readonly Rectangle[] = [...cards, ...labels];
  solid.forEach((one, i) => {
    for (const other of solid.slice(i + 1))
      if (overlap(one, other)) found.push(`"${one.what}" lies on "${other.what}"`);
  });
  for (const { arrow, points } of routes) {
    const name = `${arrow.from} -> ${arrow.to}`;
    for (const card of cards) {
      const own = card.what === arrow.from || card.what === arrow.to;
      if (crosses(points, card, own ? -2 : 3)) found.push(`${name} runs through ${card.what}`);
    }
    const foreign = labels.filter((label) => label.what !== arrow.text?.map(say).join(' '));
    for (const label of foreign)
      if (crosses(points, label, -1)) found.push(`${name} runs through the text "${label.what}"`);
  }
  return found;
}

function overlap(one: Rectangle, other: Rectangle): boolean {
  return [0, 1].every((axis) => {
    const [a, b] = [one.at[axis] as number, other.at[axis] as number];
    return a < b + (other.size[axis] as number) && b < a + (one.size[axis] as number);
  });
}

/** Whether a line enters a rectangle that is made larger by `margin` on every side. */
function crosses(points: readonly Point[], { at, size }: Rectangle, margin: number): boolean {
  const [left, top] = [at[0] - margin, at[1] - margin];
  const [right, bottom] = [at[0] + size[0] + margin, at[1] + size[1] + margin];
  return points.slice(1).some((to, i) => {
    const from = points[i] as Point;
    const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 2));
    for (let step = 0; step <= steps; step += 1) {
      const x = from[0] + ((to[0] - from[0]) * step) / steps;
      const y = from[1] + ((to[1] - from[1]) * step) / steps;
      if (x > left && x < right && y > top && y < bottom) return true;
    }
    return false;
  });
}
