/** A stretch of text in one font resource: operators that show it, without the font. */
export interface Segment {
  readonly subset: number;
  /** `(…)Tj` or `[…]TJ`. */
  readonly show: Uint8Array;
}

/** One laid out line, ready to be placed. */
export interface Line {
  /** In 1/1000 em. */
  readonly width: number;
  readonly segments: readonly Segment[];
  /** What it says, as far as the next line begins: with the space that a line break took the place of. */
  readonly text: string;
  /** Whether its segments lie in another order than it is read. */
  readonly reordered: boolean;
}

export const EMPTY_LINE: Line = { width: 0, segments: [], text: '', reordered: false };
