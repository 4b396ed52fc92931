import { textString } from '../utf16.ts';
import type { PdfFile } from './pdf-file.ts';

export interface OutlineEntry {
  readonly title: string;
  /** Object number. */
  readonly page: number;
  /** In points. */
  readonly y: number;
}

/** @returns the catalog's entries */
export function writeOutline(file: PdfFile, entries: readonly OutlineEntry[]): string {
  if (entries.length < 2) return '';
  const root = file.allocate();
  const numbers = entries.map(() => file.allocate());
  entries.forEach(({ title, page, y }, i) => {
    const previous = i > 0 ? `/Prev ${numbers[i - 1]} 0 R` : '';
    const next = i < entries.length - 1 ? `/Next ${numbers[i + 1]} 0 R` : '';
    file.object(
      numbers[i] as number,
      `<</Title<${textString(title)}>/Parent ${root} 0 R${previous}${next}/Dest[${page} 0 R/XYZ null ${y} null]>>`,
    );
  });
  file.object(root, `<</Type/Outlines/First ${numbers[0]} 0 R/Last ${numbers.at(-1)} 0 R/Count ${entries.length}>>`);
  return `/Outlines ${root} 0 R/PageMode/UseOutlines`;
}
