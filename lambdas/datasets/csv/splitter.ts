import type { PermanentFailure } from '../../domain/failures.ts';
import { malformed, overLimit } from '../limits.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
/** Where a sign that does not come any more stands; larger than any position. */
const NOWHERE = 0x3fffffff;
/** The record goes on in text that has not come yet. */
const INCOMPLETE = -1;

/** Some records of a file, and the line that each starts on. */
export interface Records {
  readonly records: string[][];
  readonly lines: number[];
}

export interface SplitOptions {
  readonly delimiter: string;
  /** `false` where a quote is a character like another. */
  readonly quotes: boolean;
  /** In UTF-16 units. */
  readonly maxLength: number;
  readonly maxColumns: number;
  /** What the number of fields is compared with, in words. */
  readonly measure: string;
  /** Lines before the text: 1 after a `sep=` line. */
  readonly linesBefore?: number;
  /** Takes a record of a wrong number of fields, which is left out then; without it the fault is thrown. */
  readonly onFault?: ((fault: PermanentFailure, line: number) => void) | undefined;
}

/**
 * Splits CSV by RFC 4180, strictly: every record has as many fields as the first, a quote that opens a field is closed
 * at its end, and what breaks these rules is a fault that names its line. Inside a field that does not start with one, a
 * quote is a character like another. A record ends at CR LF, LF or CR. Lines without anything are no records, except
 * where a record is one field.
 *
 * A line without a quote, and most have none, is cut by `split`, which is several times as fast as to look at every
 * character. Memory is bounded by `maxLength` and the length of the pieces that are pushed.
 */
export class CsvSplitter {
  readonly #options: SplitOptions;
  readonly #delimiter: string;
  readonly #openingSigns: string;
  #rest = '';
  #line: number;
  /** Fields of a record; 0 before the first. */
  #fields = 0;
  #records: string[][] = [];
  #lines: number[] = [];
  /** Where the next of these signs stand in the text at hand. */
  #feed = 0;
  #carriage = 0;
  #opening = 0;

  constructor(options: SplitOptions) {
    this.#options = options;
    this.#delimiter = options.delimiter;
    this.#openingSigns = `${options.delimiter}"`;
    this.#line = 1 + (options.linesBefore ?? 0);
  }

  /** @returns the records that end in the text so far */
  push(text: string): Records {
    return this.#split(this.#rest + text, false);
  }

  /** @returns the last record, if it does not end in a line end */
  end(): Records {
    return this.#split(this.#rest, true);
  }

  #split(text: string, last: boolean): Records {
    this.#records = [];
    this.#lines = [];
    const stop = this.#scan(text, last);
    this.#rest = text.slice(stop);
    if (this.#rest.length > this.#options.maxLength) throw this.#tooLong();
    return { records: this.#records, lines: this.#lines };
  }

  /** @returns where the first record starts that is not whole */
  #scan(text: string, last: boolean): number {
    this.#feed = find(text, '\n', 0);
    this.#carriage = find(text, '\r', 0);
    this.#opening = this.#options.quotes ? find(text, this.#openingSigns, 0) : NOWHERE;
    let at = 0;
    while (at < text.length) {
      const end = this.#lineEnd(text, at);
      if (this.#isQuote(text, at) || this.#nextOpening(text, at) < end) {
        const next = this.#quoted(text, at, last);
        if (next === INCOMPLETE) break;
        at = next;
        continue;
      }
      const next = end === NOWHERE ? text.length : lineEndAfter(text, end, last);
      if (next === INCOMPLETE || (end === NOWHERE && !last)) break;
      this.#plain(text.slice(at, Math.min(end, text.length)));
      at = next;
    }
    return at;
  }

  /** The first line end from `at` on. Each is looked up once, or a file without one of the signs would take squares. */
  #lineEnd(text: string, at: number): number {
    if (this.#feed < at) this.#feed = find(text, '\n', at);
    if (this.#carriage < at) this.#carriage = find(text, '\r', at);
    return Math.min(this.#feed, this.#carriage);
  }

  /** The first delimiter from `at` on that a quote follows. */
  #nextOpening(text: string, at: number): number {
    if (this.#opening < at) this.#opening = find(text, this.#openingSigns, at);
    return this.#opening;
  }

  #isQuote(text: string, at: number): boolean {
    return this.#options.quotes && text.charCodeAt(at) === QUOTE;
  }

  /** A line in which nothing is quoted. */
  #plain(line: string): void {
    if (line.length > this.#options.maxLength) throw this.#tooLong();
    if (line !== '' || this.#fields === 1) this.#add(line.split(this.#delimiter), line.length);
    this.#line += 1;
  }

  /** A record with a quote in it, which may run over several lines. @returns where the next one starts */
  #quoted(text: string, start: number, last: boolean): number {
    const record: string[] = [];
    let at = start;
    while (at < text.length) {
      const isQuoted = this.#isQuote(text, at);
      const end = isQuoted ? this.#quotedField(text, at, record, last) : this.#plainFields(text, at, record, last);
      if (end === INCOMPLETE) return INCOMPLETE;
      const next = lineEndAfter(text, end, last);
      if (next === INCOMPLETE) return INCOMPLETE;
      if (next !== end || end >= text.length) return this.#endRecord(text, start, next, record);
      // A field follows. After a delimiter at the very end of the text it is an empty one.
      at = end + 1;
      if (at === text.length) record.push('');
    }
    return last ? this.#endRecord(text, start, at, record) : INCOMPLETE;
  }

  #endRecord(text: string, start: number, next: number, record: string[]): number {
    this.#add(record, next - start);
    this.#line += Math.max(1, lineEnds(text.slice(start, next)));
    return next;
  }

  /** @returns the position of the delimiter or line end after the field */
  #quotedField(text: string, start: number, record: string[], last: boolean): number {
    const end = this.#closingQuote(text, start, last);
    if (end === INCOMPLETE || (end >= text.length && !last)) return INCOMPLETE;
    record.push(unquoted(text, start + 1, end - 1));
    const sign = text.charAt(end);
    if (sign !== '' && sign !== this.#delimiter && sign !== '\n' && sign !== '\r') {
      throw this.#fault(record.length, 'continues after its closing quote');
    }
    return end;
  }

  /** The fields up to the next quoted one or the line end. @returns the position of the delimiter or line end there */
  #plainFields(text: string, start: number, record: string[], last: boolean): number {
    const opening = this.#nextOpening(text, start);
    const lineEnd = this.#lineEnd(text, start);
    const end = Math.min(opening, lineEnd, text.length);
    if (end === text.length && !last) return INCOMPLETE;
    for (const field of text.slice(start, end).split(this.#delimiter)) record.push(field);
    return end;
  }

  /** @returns the position after the quote that closes the field */
  #closingQuote(text: string, start: number, last: boolean): number {
    let at = start + 1;
    for (;;) {
      at = text.indexOf('"', at);
      if (at < 0) break;
      if (text.charCodeAt(at + 1) !== QUOTE) return at + 1;
      at += 2;
    }
    if (last) throw malformed(`line ${this.#line}: a quote opens and is never closed`);
    return INCOMPLETE;
  }

  #add(record: string[], length: number): void {
    if (length > this.#options.maxLength) throw this.#tooLong();
    if (this.#fields === 0) this.#fields = this.#checkedColumns(record.length);
    if (record.length !== this.#fields) {
      this.#miscounted(record.length);
      return;
    }
    this.#records.push(record);
    this.#lines.push(this.#line);
  }

  #checkedColumns(columns: number): number {
    const { maxColumns } = this.#options;
    if (columns <= maxColumns) return columns;
    throw overLimit(`line ${this.#line} has ${columns} fields; at most ${maxColumns} are read`);
  }

  #miscounted(found: number): void {
    const { measure, onFault } = this.#options;
    const fields = found === 1 ? '1 field' : `${found} fields`;
    const fault = malformed(`line ${this.#line} has ${fields}, ${measure} has ${this.#fields}`);
    if (onFault === undefined) throw fault;
    onFault(fault, this.#line);
  }

  #fault(field: number, what: string): PermanentFailure {
    return malformed(`line ${this.#line}: field ${field} ${what}`);
  }

  #tooLong(): PermanentFailure {
    const { maxLength, quotes } = this.#options;
    const hint = quotes ? ' (or a quote in it is never closed)' : '';
    return overLimit(`line ${this.#line} is longer than ${maxLength} characters${hint}`);
  }
}

function find(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? NOWHERE : at;
}

function unquoted(text: string, start: number, end: number): string {
  const value = text.slice(start, end);
  return value.includes('"') ? value.replaceAll('""', '"') : value;
}

/** @returns the position after the line end at `at`; `at` itself where there is none */
function lineEndAfter(text: string, at: number, last: boolean): number {
  const sign = text.charCodeAt(at);
  if (sign === LINE_FEED) return at + 1;
  if (sign !== CARRIAGE_RETURN) return at;
  if (at + 1 >= text.length && !last) return INCOMPLETE;
  return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1;
}

/** Line ends in a text: CR LF, LF and CR are one each. */
function lineEnds(text: string): number {
  const first = lineEndAfter(text, text.search(/[\r\n]/), true);
  if (first === text.length) return 1;
  return text.split(/\r\n|\r|\n/).length - 1;
}
