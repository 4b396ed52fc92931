import type { Column } from '../../../domain/request.ts';

/** What a column asks for, in tenths of a point with its padding. */
export interface ColumnDemand {
  /** So that the widest cell of the sample stands on one line. */
  readonly natural: number;
  /** So that no word has to be broken. */
  readonly least: number;
  /** Given in the request. */
  readonly fixed?: number | undefined;
}

/**
 * Shares `room` out. Fixed widths win; the others get what they ask for and a part of what is left, or, where there is
 * too little, their least and a part of the rest by how much more they would need.
 */
export function shareWidth(demands: readonly ColumnDemand[], room: number): number[] {
  const fixed = demands.reduce((sum, { fixed: own }) => sum + (own ?? 0), 0);
  const free = demands.filter((demand) => demand.fixed === undefined);
  const scale =
    fixed > room || (free.length > 0 && fixed > room * 0.9) ? (room * (free.length > 0 ? 0.9 : 1)) / fixed : 1;
  const rest = room - fixed * scale;
  const natural = free.reduce((sum, demand) => sum + demand.natural, 0);
  const least = free.reduce((sum, demand) => sum + demand.least, 0);
  return demands.map((demand) => {
    if (demand.fixed !== undefined) return demand.fixed * scale;
    if (natural <= rest) return (demand.natural * rest) / natural;
    if (least <= rest) return demand.least + ((rest - least) * (demand.natural - demand.least)) / (natural - least);
    return (demand.least * rest) / least;
  });
}

export type Align = 'left' | 'center' | 'right';

/** Numbers at the right, so that their digits stand below each other; everything else where reading starts. */
export function alignmentOf(column: Column, rightToLeft: boolean): Align {
  if (column.align !== undefined) return column.align;
  switch (column.type) {
    case 'integer':
    case 'number':
    case 'currency':
    case 'percent':
    case 'duration':
      return rightToLeft ? 'left' : 'right';
    case 'boolean':
      return 'center';
    default:
      return rightToLeft ? 'right' : 'left';
  }
}
