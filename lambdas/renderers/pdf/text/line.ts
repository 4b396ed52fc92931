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
  /** The text, where the segments lie in another order than it is read. */
  readonly reordered?: string;
}

export const EMPTY_LINE: Line = { width: 0, segments: [] };
