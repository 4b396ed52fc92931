import type { BadCell, BadCellCode } from '../domain/bad-cells.ts';
import { PermanentFailure } from '../domain/failures.ts';
import type { Warning } from '../domain/rendering.ts';
import type { Column } from '../domain/request.ts';

export interface BadCellRules {
  /** `keep`: it stays text, and is counted and told. `fail`: the first one ends the job. */
  readonly onBadCell: 'keep' | 'fail';
  /** Below 1 a share of a column's filled cells, else a count over all columns. */
  readonly maxBadCells: number | undefined;
}

const DEFAULT_SHARE = 0.05;
/** By default so many are let pass in a column, however short it is: one odd cell in a table of ten is no broken file. */
const DEFAULT_FLOOR = 10;
/** So many places stand in a message. */
const PLACES = 10;

/** What a cell is not, by the type of its column. */
export const CODES: Readonly<Record<Column['type'], BadCellCode>> = {
  integer: 'NOT_A_NUMBER',
  number: 'NOT_A_NUMBER',
  currency: 'NOT_A_NUMBER',
  percent: 'NOT_A_NUMBER',
  date: 'NOT_A_DATE',
  datetime: 'NOT_A_DATE',
  boolean: 'NOT_A_BOOLEAN',
  duration: 'NOT_A_DURATION',
  text: 'NOT_A_SCALAR',
  url: 'NOT_A_SCALAR',
};

/** Who hears of what is found. */
export interface BadCellListeners {
  /** Called for every bad cell, with its value. */
  readonly onBadCell?: ((cell: BadCell) => void) | undefined;
  /** In a dry run: called with what would end the job, which is then not thrown. */
  readonly onRefusal?: ((failure: PermanentFailure) => void) | undefined;
}

/** Counts the cells that could not be read and decides when there are too many. */
export class BadCells {
  readonly #columns: readonly Column[];
  readonly #rules: BadCellRules;
  readonly #listeners: BadCellListeners;
  /** Cells that are not empty, by column; counted by who reads them. */
  readonly filled: Float64Array;
  readonly #bad: Float64Array;
  readonly #places: string[] = [];
  #count = 0;
  #isRefused = false;

  constructor(columns: readonly Column[], rules: BadCellRules, listeners: BadCellListeners = {}) {
    this.#columns = columns;
    this.#rules = rules;
    this.#listeners = listeners;
    this.filled = new Float64Array(columns.length);
    this.#bad = new Float64Array(columns.length);
  }

  get count(): number {
    return this.#count;
  }

  /** @throws PermanentFailure `BAD_CELL` where none is let pass, `TOO_MANY_BAD_CELLS` where a count is used up */
  add(line: number, position: number, value: string, code?: BadCellCode): void {
    const column = this.#columns[position] as Column;
    const cell = { line, column: column.key, value, code: code ?? CODES[column.type] };
    this.#count += 1;
    this.#bad[position]! += 1;
    if (this.#places.length < PLACES) this.#places.push(placeOf(cell, column));
    this.#listeners.onBadCell?.(cell);
    const { onBadCell, maxBadCells } = this.#rules;
    if (onBadCell === 'fail') this.#refuse(new PermanentFailure('BAD_CELL', `${placeOf(cell, column)}.`));
    if (maxBadCells !== undefined && (maxBadCells >= 1 || maxBadCells === 0) && this.#count > maxBadCells) {
      this.#refuse(this.#tooMany(`more than ${maxBadCells} cells`));
    }
  }

  /** @throws PermanentFailure `TOO_MANY_BAD_CELLS` where a share is exceeded; to be asked once all rows are read */
  settle(): void {
    const { maxBadCells } = this.#rules;
    if (maxBadCells !== undefined && (maxBadCells >= 1 || maxBadCells === 0)) return;
    const share = maxBadCells ?? DEFAULT_SHARE;
    const floor = maxBadCells === undefined ? DEFAULT_FLOOR : 0;
    this.#columns.forEach((column, c) => {
      const [bad = 0, filled = 0] = [this.#bad[c], this.filled[c]];
      if (bad > Math.max(floor, share * filled)) {
        this.#refuse(this.#tooMany(`${bad} of ${filled} cells of column "${column.key}"`));
      }
    });
  }

  /** What the client learns of them with the report. */
  warnings(): Warning[] {
    const [first] = this.#places;
    if (first === undefined) return [];
    return [{ code: 'BAD_CELLS', detail: `${first}; it was kept as text.`, count: this.#count }];
  }

  #refuse(failure: PermanentFailure): void {
    const { onRefusal } = this.#listeners;
    if (onRefusal === undefined) throw failure;
    if (!this.#isRefused) onRefusal(failure);
    this.#isRefused = true;
  }

  #tooMany(what: string): PermanentFailure {
    const detail = `${what} are not values of their column's type: ${this.#places.join('; ')}.`;
    return new PermanentFailure('TOO_MANY_BAD_CELLS', detail);
  }
}

const WORDS: Readonly<Record<BadCellCode, string>> = {
  NOT_A_NUMBER: 'not a number',
  NOT_A_DATE: 'not a date',
  NOT_A_BOOLEAN: 'not a boolean',
  NOT_A_DURATION: 'not a duration',
  NOT_A_SCALAR: 'an object or an array',
};

function placeOf({ line, code }: BadCell, column: Column): string {
  return `line ${line}, column "${column.key}": ${WORDS[code]}`;
}
