/** What is wrong with a cell that is no value of its column's type. */
export const BAD_CELL_CODES = [
  'NOT_A_NUMBER',
  'NOT_A_DATE',
  'NOT_A_BOOLEAN',
  'NOT_A_DURATION',
  'NOT_A_SCALAR',
] as const;

export type BadCellCode = (typeof BAD_CELL_CODES)[number];

/** A cell that is no value of its column's type. */
export interface BadCell {
  /** 1-based: the line that the record starts on, or the record's number where the source has no lines. */
  readonly line: number;
  /** The column's key. */
  readonly column: string;
  readonly value: string;
  readonly code: BadCellCode;
}

/** Where one is: all that a row of the jobs table may know of it, since data is never stored there. */
export interface BadCellPlace extends Omit<BadCell, 'value'> {
  /** 0-based: of the request's tables. */
  readonly table: number;
}

/** The bad cells of a report, as its row holds them. */
export interface BadCellFacts {
  readonly count: number;
  /** The first of them. */
  readonly places: readonly BadCellPlace[];
  /** All of them, each a line of NDJSON with its value; set where there are more than `places` lists. */
  readonly file?: BadCellFileFacts | undefined;
}

export interface BadCellFileFacts {
  readonly key: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What reading the rows of a request came to, where nothing but that was asked for. */
export interface Validation {
  /** Whether the rows would become a report, as far as reading them shows. */
  readonly passed: boolean;
  readonly rows: number;
  readonly faultCount: number;
  /** What would fail the job, then bad cells; at most a hundred. */
  readonly faults: readonly ValidationFault[];
}

export interface ValidationFault extends Partial<Omit<BadCellPlace, 'code'>> {
  readonly table: number;
  /** Of a bad cell, or of the failure that the job would end with. */
  readonly code: string;
  readonly detail?: string | undefined;
}
