/** Excel's limits of a sheet. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;

/** Whether each cell says where it stands (`r`), or only where a reader needs it, which ECMA-376 18.3.1.4 allows. */
export type References = 'short' | 'full';

/** The letters of a column, counted from 0: `A`, `Z`, `AA`, `XFD`. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return letters;
}

/** A sheet's name as formulas write it: always quoted, which is never wrong. */
export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
