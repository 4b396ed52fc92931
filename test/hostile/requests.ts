import {
  barsOverGroups,
  emptyRows,
  extremes,
  formats,
  groups,
  highlights,
  lineFeeds,
  links,
  longCells,
  nearlyValues,
  shortCells,
} from './cells.ts';
import { locales, logos, longLabels, manyPages, manyTables, narrow, shapes, tallRows, widePanels } from './layouts.ts';
import type { Kind } from './report.ts';

/** What hurts, by its name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  longCells,
  narrow,
  nearlyValues,
  emptyRows,
  shortCells,
  groups,
  barsOverGroups,
  manyTables,
  longLabels,
  manyPages,
  lineFeeds,
  formats,
  extremes,
  links,
  logos,
  locales,
  shapes,
  highlights,
  widePanels,
  tallRows,
};
