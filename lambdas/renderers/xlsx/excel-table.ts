import { escapeCodes, escapeXml } from './cell-text.ts';
import { columnLetters } from './references.ts';
import { MAIN, XML } from './sheet-frame.ts';

/** Gives every table of a workbook a name that formulas can use: a word, unique whatever the case, and no reference. */
export class TableNames {
  readonly #taken = new Set<string>();

  /** A free name, as near to the wished one as can be. */
  claim(wished: string): string {
    const word = wordOf(wished);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? word : `${word}_${number}`;
      const key = name.normalize('NFKC').toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

/** In UTF-16 units; Excel takes 255, a number is added to some. */
const MAX_NAME = 200;
/** `A1`, `XFD1048576`, `R1C1`, `R`, `C`: what a formula would take for cells. */
const REFERENCE = /^(?:[a-z]{1,3}\d+|r\d*(?:c\d*)?|c\d*)$/i;

function wordOf(wished: string): string {
  const word = wished
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}_.]+/gu, '_')
    .slice(0, MAX_NAME);
  const name = word.replace(/\p{Surrogate}$/u, '');
  return !/^[\p{L}_]/u.test(name) || REFERENCE.test(name) ? `_${name}` : name;
}

/** Why the columns cannot be those of a table, as a clause; `undefined` where they can. @param labels as shown */
export function tableFault(labels: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const label of labels) {
    const key = label.normalize('NFKC').trim().toLowerCase();
    if (key === '') return 'a label is empty';
    if (seen.has(key)) return 'two labels are the same';
    seen.add(key);
  }
  return undefined;
}

/** What a table's part is made of. Rows are 1-based. */
export interface ExcelTable {
  readonly number: number;
  readonly name: string;
  readonly labels: readonly string[];
  readonly headerRow: number;
  readonly lastRow: number;
  readonly hasFilter: boolean;
}

/** The part `xl/tables/tableN.xml` in pieces. It has no style of its own: the cells have theirs. */
export function* tablePart({ number, name, labels, headerRow, lastRow, hasFilter }: ExcelTable): Generator<string> {
  const ref = `A${headerRow}:${columnLetters(labels.length - 1)}${lastRow}`;
  const named = `name="${escapeXml(name)}" displayName="${escapeXml(name)}"`;
  yield `${XML}<table xmlns="${MAIN}" id="${number}" ${named} ref="${ref}" totalsRowShown="0">`;
  if (hasFilter) yield `<autoFilter ref="${ref}"/>`;
  yield `<tableColumns count="${labels.length}">`;
  for (const [i, label] of labels.entries()) yield `<tableColumn id="${i + 1}" name="${attribute(label)}"/>`;
  yield '</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>';
}

/** A label as Excel writes it here: an attribute loses line ends and tabs, so they are escaped as it does in cells. */
function attribute(label: string): string {
  return escapeXml(escapeCodes(label)).replace(/\n/g, '_x000a_').replace(/\t/g, '_x0009_');
}
