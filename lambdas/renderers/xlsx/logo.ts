import type { Image } from '../images/image.ts';

/** In pixels at 96 dpi, as spreadsheets count. */
const MAX_HEIGHT = 48;
const MAX_WIDTH = 240;

/** The size, in pixels, that fits an image into its row. */
export function logoSize({ width, height }: Image): { width: number; height: number } {
  const scale = Math.min(MAX_HEIGHT / height, MAX_WIDTH / width, 1);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
