/** A place on the page, in its own units; `x` and `y` are the lower left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether an orientation of EXIF (1 … 8) lays the stored rows upright. */
export function swapsSides(orientation: number): boolean {
  return orientation >= 5;
}

/**
 * The operands of `cm` that put an image into a box, turned and mirrored as its EXIF data ask.
 * @param orientation 1 … 8 (TIFF 6.0): where the first row and column of the stored pixels belong
 */
export function imageMatrix(orientation: number, { x, y, width, height }: Box): string {
  const matrices = [
    [width, 0, 0, height, x, y],
    [-width, 0, 0, height, x + width, y],
    [-width, 0, 0, -height, x + width, y + height],
    [width, 0, 0, -height, x, y + height],
    [0, -height, -width, 0, x + width, y + height],
    [0, -height, width, 0, x, y + height],
    [0, height, width, 0, x, y],
    [0, height, -width, 0, x + width, y],
  ];
  return (matrices[orientation - 1] ?? (matrices[0] as number[])).join(' ');
}
