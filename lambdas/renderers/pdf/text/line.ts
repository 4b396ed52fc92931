/** A stretch of text in one font resource: operators that show it, without the font. */
export interface Segment {
  readonly subset: number;
  /** `(…)Tj` or `[…]TJ`, preceded by `Ts` where marks are lifted. */
  readonly show: Uint8Array;
}

/** One laid out line, ready to be placed. */
export interface Line {
  /** In 1/1000 em. */
  readonly width: number;
  readonly segments: readonly Segment[];
  /** The text that copying must give where the glyphs alone would give another. */
  readonly actualText?: string | undefined;
}

export const EMPTY_LINE: Line = { width: 0, segments: [] };
