import type { ColumnDemand } from './columns.ts';

/** Between a cell's edge and its text, in tenths of a point. */
export const PADDING = 40;
/** What running text needs to be read with ease: some three words a line, in 1/1000 em. */
const COMFORTABLE = 8000;

/** A demand in 1/1000 em as lengths at a font size, in tenths of a point with padding. @param gap added at the start */
export function scaled({ natural, least, fixed, text }: ColumnDemand, size: number, gap = 0): ColumnDemand {
  const length = (width: number): number => (width * size) / 1000 + 2 * PADDING + 2 + gap;
  return {
    natural: length(natural),
    least: length(least),
    fixed: fixed === undefined ? undefined : length(fixed),
    text,
  };
}

/** The same where running text has lines of some words, and does not stand in columns of one. */
export function comfortable(demand: ColumnDemand): ColumnDemand {
  if (!demand.text) return demand;
  const least = Math.max(demand.least, Math.min(demand.natural, COMFORTABLE));
  return { ...demand, least, fixed: demand.fixed === undefined ? undefined : Math.min(demand.fixed, COMFORTABLE) };
}
