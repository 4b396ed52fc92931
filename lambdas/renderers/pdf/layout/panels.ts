import type { ColumnDemand } from './columns.ts';
import { comfortable, scaled } from './demands.ts';

/** Columns by their position in the table. */
export type Panel = readonly number[];

/** The size of a table that goes on in panels, in tenths of a point: with room to spare, it may as well be read. */
export const PANEL_SIZE = 75;

/** The part of a page that the repeated columns may take, so that every panel brings something new. */
const LARGEST_HELD = 0.4;

interface PanelSettings {
  readonly size: number;
  /** The width of a page's body, in tenths of a point. */
  readonly room: number;
  /** How many columns every panel begins with. */
  readonly repeated: number;
}

/** The widths of the columns that are repeated, the same in every panel; none where they would take too much of it. */
export function heldWidths(demands: readonly ColumnDemand[], { size, room, repeated }: PanelSettings): number[] {
  const widths: number[] = [];
  let sum = 0;
  for (const demand of demands.slice(0, repeated)) {
    const width = widthOf(demand, size);
    sum += width;
    if (sum > room * LARGEST_HELD) break;
    widths.push(width);
  }
  return widths;
}

/**
 * Parts columns into panels of a page's width, each of which begins with the repeated ones: as few as there can be, and
 * of about the same width. A column wider than a page has a panel of its own.
 */
export function panelsOf(demands: readonly ColumnDemand[], settings: PanelSettings): Panel[] {
  const held = heldWidths(demands, settings);
  const free = settings.room - held.reduce((sum, width) => sum + width, 0);
  const widths = demands.slice(held.length).map((demand) => widthOf(demand, settings.size));
  const fewest = filled(widths, free).length;
  const even = widths.reduce((sum, width) => sum + width, 0) / fewest;
  const limits = Array.from({ length: STEPS }, (_, step) => even + ((free - even) * step) / STEPS);
  const limit = limits.find((most) => filled(widths, most).length <= fewest) ?? free;
  const repeated = held.map((_, i) => i);
  return filled(widths, limit).map((panel) => [...repeated, ...panel.map((i) => held.length + i)]);
}

/** How finely the width of panels is evened out. */
const STEPS = 16;

/** Puts widths one after the other into panels of at most `limit`. @returns their positions */
function filled(widths: readonly number[], limit: number): number[][] {
  const panels: number[][] = [[]];
  let left = limit;
  widths.forEach((width, i) => {
    if (width > left && panels.at(-1)?.length !== 0) {
      panels.push([]);
      left = limit;
    }
    panels.at(-1)?.push(i);
    left -= width;
  });
  return panels;
}

/** What a column is read with ease in: its cells whole, or lines of some words. */
function widthOf(demand: ColumnDemand, size: number): number {
  const { natural, least, fixed, text } = scaled(comfortable(demand), size);
  return fixed ?? (text ? least : natural);
}
