import type { Line } from '../text/line.ts';
import { textString } from '../utf16.ts';

/** The entry that gives the reading order of lines (ISO 32000-1, 14.9.4), empty where they are in that order. */
export function actualText(lines: readonly Line[] | undefined): string {
  if (lines === undefined || !lines.some(({ reordered }) => reordered)) return '';
  const text = lines.map((line) => line.text).join('');
  return `/ActualText<${textString(text.trimEnd())}>`;
}
