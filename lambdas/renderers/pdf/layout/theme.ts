import type { Paper } from '../../table/paper.ts';

/** Lengths of the page's content are tenths of a point: coordinates are then short integers. */
export const TENTHS = 10;
export const MM = (72 / 25.4) * TENTHS;

/** Colours as PDF operands. */
export const INK = '.11 .13 .17';
export const MUTED = '.42 .45 .5';
export const ACCENT = '.09 .31 .52';
export const HEADER_FILL = '.925 .94 .96';
export const ZEBRA_FILL = '.969 .976 .984';
export const GROUP_FILL = '.945 .953 .965';
export const RULE = '.8 .83 .87';

export const BODY_SIZE = 85;
export const TITLE_SIZE = 200;
export const SMALL_TITLE_SIZE = 150;
export const LONG_TITLE_SIZE = 170;
export const SUBTITLE_SIZE = 110;
export const SECTION_SIZE = 125;
export const NOTE_SIZE = 75;

/** Portrait width and height in points (ISO 216; ANSI). */
export const PAGE_SIZES: Record<Paper, readonly [width: number, height: number]> = {
  A3: [841.89, 1190.55],
  A4: [595.28, 841.89],
  A5: [419.53, 595.28],
  Letter: [612, 792],
  Legal: [612, 1008],
};
