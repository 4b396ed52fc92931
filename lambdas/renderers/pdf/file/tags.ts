import type { Bytes } from '../bytes.ts';
import type { PdfFile } from './pdf-file.ts';
import type { RecordStream } from './record-stream.ts';

/** A structure element that still takes children. */
export interface Element {
  readonly number: number;
  readonly kids: string[];
}

/** Entries of a node of the parent tree. */
const NODE = 512;
/** Object numbers in records: Acrobat takes no more than 8,388,607 objects anyway. */
const DIGITS = 7;
const REFERENCE = DIGITS + 5;
/** A cell's record, to be filled in. */
const CELL = '<</S/TD/P       0 0 R/Pg       0 0 R/K     0>>  ';
const CELL_WIDTH = CELL.length;
const ROW_AT = CELL.indexOf('/P') + 2;
const PAGE_AT = CELL.indexOf('/Pg') + 3;
const ID_AT = CELL.indexOf('/K ') + 3;
const ID_DIGITS = 5;
const PARENT_WIDTH = 20;

/**
 * The structure tree (ISO 32000-1, 14.7) of a document that is written page by page: elements go out as soon as they
 * are complete. Rows and cells are nearly all of them, and are written as records that compress to a byte or two.
 */
export class Tags {
  readonly #file: PdfFile;
  readonly #root: number;
  readonly #document: Element;
  readonly #cells: RecordStream;
  readonly #parentsOfPages: RecordStream;
  /** By the number of columns. */
  readonly #rows = new Map<number, RecordStream>();
  readonly #pages: number[] = [];
  readonly #cell = Buffer.from(CELL, 'latin1');
  #page = 0;
  /** Of the present page: which element holds the marked content with the index as its identifier. */
  #parents: number[] = [];
  #row: { records: RecordStream; section: Element; kids: number[] } | undefined;

  constructor(file: PdfFile) {
    this.#file = file;
    this.#root = file.allocate();
    this.#document = { number: file.allocate(), kids: [] };
    this.#cells = file.records(CELL_WIDTH);
    this.#parentsOfPages = file.records(PARENT_WIDTH);
  }

  get document(): Element {
    return this.#document;
  }

  /** The present page's key in the parent tree. */
  get keyOfPage(): number {
    return this.#pages.length;
  }

  /** @param page its object number */
  beginPage(page: number): void {
    this.#page = page;
    this.#parents = [];
    putNumber(this.#cell, PAGE_AT, page);
  }

  endPage(): void {
    const records = this.#parentsOfPages;
    this.#pages.push(records.next);
    const out = records.begin();
    out.reserve(PARENT_WIDTH * (this.#parents.length + 1));
    if (this.#parents.length === 0) out.latin1('[ ]');
    for (let i = 0; i < this.#parents.length; i += 1) {
      out.byte(i === 0 ? OPEN : SPACE);
      reference(out, this.#parents[i] as number);
      out.short(i === this.#parents.length - 1 ? LAST_PARENT : NEXT_PARENT);
    }
    records.end();
  }

  open(parent: Element): Element {
    const number = this.#file.allocate();
    parent.kids.push(`${number} 0 R`);
    return { number, kids: [] };
  }

  /** @param attributes further entries of the element */
  close(element: Element, role: string, parent: Element | number, attributes = ''): void {
    const up = typeof parent === 'number' ? parent : parent.number;
    const kids = element.kids.length === 0 ? '' : `/K[${element.kids.join(' ')}]`;
    this.#file.object(element.number, `<</S/${role}/P ${up} 0 R${attributes}${kids}>>`);
  }

  /** Adds an element whose content is one marked sequence of this page. @returns the sequence's identifier */
  leaf(parent: Element, role: string, attributes = ''): number {
    const number = this.#file.allocate();
    parent.kids.push(`${number} 0 R`);
    return this.#writeLeaf(number, parent.number, role, attributes);
  }

  /** Begins a row. Rows are not nested, and everything up to {@link closeRow} is of this row. */
  openRow(section: Element, columns: number): void {
    let records = this.#rows.get(columns);
    if (records === undefined) {
      records = this.#file.records(ROW_ENTRIES + REFERENCE * (columns + 1));
      this.#rows.set(columns, records);
    }
    section.kids.push(`${records.next} 0 R`);
    this.#row = { records, section, kids: [] };
    putNumber(this.#cell, ROW_AT, records.next);
  }

  closeRow(): void {
    const { records, section, kids } = this.#openRow();
    const out = records.begin();
    out.reserve(ROW_ENTRIES + REFERENCE * (kids.length + 1));
    out.latin1('<</S/TR/P');
    reference(out, section.number);
    out.latin1('/K[');
    for (const kid of kids) reference(out, kid);
    out.latin1(']>>');
    records.end();
    this.#row = undefined;
  }

  /** Adds a data cell to the row. @param filled whether it has content @returns its identifier if it has */
  cell(filled: boolean): number {
    const { records, kids } = this.#openRow();
    kids.push(this.#cells.next);
    const id = this.#parents.length;
    if (filled) this.#parents.push(this.#cells.next);
    const out = this.#cells.begin();
    out.reserve(CELL_WIDTH);
    if (filled) {
      const start = out.length;
      out.short(this.#cell);
      out.length = start + ID_AT;
      out.padded(id, ID_DIGITS);
      out.length = start + CELL_WIDTH;
    } else {
      out.latin1('<</S/TD/P');
      reference(out, records.next);
      out.latin1('>>');
    }
    this.#cells.end();
    return id;
  }

  /** Adds a cell that says more of itself than that it is one. @returns its identifier */
  richCell(role: 'TH' | 'TD', attributes: string): number {
    const { records, kids } = this.#openRow();
    const number = this.#file.allocate();
    kids.push(number);
    return this.#writeLeaf(number, records.next, role, attributes);
  }

  /** Adds a header cell without content. */
  emptyHeader(attributes: string): void {
    const { records, kids } = this.#openRow();
    const number = this.#file.allocate();
    kids.push(number);
    this.#file.object(number, `<</S/TH/P ${records.next} 0 R${attributes}>>`);
  }

  /** Writes what is left. @returns entries of the catalog */
  finish(): string {
    for (const records of [this.#cells, this.#parentsOfPages, ...this.#rows.values()]) records.flush();
    this.close(this.#document, 'Document', this.#root);
    this.#file.object(
      this.#root,
      `<</Type/StructTreeRoot/K ${this.#document.number} 0 R/ParentTree ${this.#writeParentTree()} 0 R/ParentTreeNextKey ${this.#pages.length}>>`,
    );
    return `/StructTreeRoot ${this.#root} 0 R/MarkInfo<</Marked true>>`;
  }

  #openRow() {
    if (this.#row === undefined) throw new Error('a cell was tagged outside a row');
    return this.#row;
  }

  #writeLeaf(number: number, parent: number, role: string, attributes: string): number {
    const id = this.#parents.push(number) - 1;
    this.#file.object(number, `<</S/${role}/P ${parent} 0 R${attributes}/Pg ${this.#page} 0 R/K ${id}>>`);
    return id;
  }

  #writeParentTree(): number {
    const tree = this.#file.allocate();
    const nodes: string[] = [];
    for (let from = 0; from < this.#pages.length; from += NODE) {
      const pages = this.#pages.slice(from, from + NODE);
      const node = this.#file.allocate();
      const entries = pages.map((page, i) => `${from + i} ${page} 0 R`);
      this.#file.object(node, `<</Limits[${from} ${from + pages.length - 1}]/Nums[${entries.join(' ')}]>>`);
      nodes.push(`${node} 0 R`);
    }
    this.#file.object(tree, `<</Kids[${nodes.join(' ')}]>>`);
    return tree;
  }
}

const OPEN = 91;
const SPACE = 32;
const ZERO = 48;
/** What a row's record contains besides numbers. */
const ROW_ENTRIES = '<</S/TR/P/K[]>>'.length;

const REFERENCE_END = Buffer.from(' 0 R', 'latin1');
const NEXT_PARENT = Buffer.from('       ', 'latin1');
const LAST_PARENT = Buffer.from('      ]', 'latin1');

/** A reference in a fixed number of bytes. The caller has reserved them. */
function reference(out: Bytes, number: number): void {
  out.padded(number, DIGITS + 1);
  out.short(REFERENCE_END);
}

/** Puts a number into a record in place of the one that is there. */
function putNumber(record: Uint8Array, start: number, number: number): void {
  let rest = number;
  for (let at = start + DIGITS; at >= start; at -= 1) {
    record[at] = rest === 0 ? SPACE : ZERO + (rest % 10);
    rest = (rest / 10) | 0;
  }
}
