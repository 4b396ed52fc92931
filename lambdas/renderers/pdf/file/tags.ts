import type { PdfFile } from './pdf-file.ts';

/** A structure element that still takes children. */
export interface Element {
  readonly number: number;
  readonly kids: string[];
}

/**
 * The structure tree (ISO 32000-1, 14.7) of a document that is written page by page: elements go out as soon as they
 * are complete, and what stays in memory is a number per row group and page.
 */
export class Tags {
  readonly #file: PdfFile;
  readonly #root: number;
  readonly #document: Element;
  readonly #parentTree: string[] = [];
  #page = 0;
  #parents: number[] = [];

  constructor(file: PdfFile) {
    this.#file = file;
    this.#root = file.allocate();
    this.#document = { number: file.allocate(), kids: [] };
  }

  get document(): Element {
    return this.#document;
  }

  get root(): number {
    return this.#root;
  }

  /** The present page's key in the parent tree. */
  get keyOfPage(): number {
    return this.#parentTree.length / 2;
  }

  /** @param page its object number */
  beginPage(page: number): void {
    this.#page = page;
    this.#parents = [];
  }

  endPage(): void {
    const number = this.#file.allocate();
    this.#file.object(number, `[${this.#parents.map((parent) => `${parent} 0 R`).join(' ')}]`);
    this.#parentTree.push(String(this.keyOfPage), `${number} 0 R`);
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
    const id = this.#parents.push(number) - 1;
    parent.kids.push(`${number} 0 R`);
    this.#file.object(number, `<</S/${role}/P ${parent.number} 0 R${attributes}/Pg ${this.#page} 0 R/K ${id}>>`);
    return id;
  }

  /** Adds an element without content: an empty cell still is a cell. */
  empty(parent: Element, role: string, attributes = ''): void {
    const number = this.#file.allocate();
    parent.kids.push(`${number} 0 R`);
    this.#file.object(number, `<</S/${role}/P ${parent.number} 0 R${attributes}>>`);
  }

  /** Writes what is left. @returns entries of the catalog */
  finish(): string {
    this.close(this.#document, 'Document', this.#root);
    const tree = this.#file.allocate();
    this.#file.object(tree, `<</Nums[${this.#parentTree.join(' ')}]>>`);
    this.#file.object(
      this.#root,
      `<</Type/StructTreeRoot/K ${this.#document.number} 0 R/ParentTree ${tree} 0 R/ParentTreeNextKey ${this.keyOfPage}>>`,
    );
    return `/StructTreeRoot ${this.#root} 0 R/MarkInfo<</Marked true>>`;
  }
}
