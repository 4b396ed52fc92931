import type { LocaleConventions } from '../../renderers/values/locale.ts';
import { numberReader, numberSigns } from './numbers.ts';
import { LONGEST_VALUE } from './readers.ts';

/**
 * Which sign stands before the decimals in a file. A locale's own is taken, unless cells say that the file was written
 * by a program that knows no locale: some can be read with a point alone, and none with the locale's sign alone.
 * `1.250` can be read both ways and says nothing, so this is asked once of all first cells and then holds for the file.
 * @param cells of columns that hold numbers, or may
 */
export function decimalSign(cells: Iterable<string>, locale: LocaleConventions): '.' | ',' | undefined {
  if (locale.decimal === '.') return undefined;
  const own = numberReader(numberSigns(locale, undefined));
  const point = numberReader(numberSigns(locale, '.'));
  let plain = false;
  for (const cell of cells) {
    if (cell.length > LONGEST_VALUE) continue;
    const [isOwn, isPoint] = [own(cell) !== undefined, point(cell) !== undefined];
    if (isOwn && !isPoint) return undefined;
    if (isPoint && !isOwn) plain = true;
  }
  return plain ? '.' : undefined;
}
