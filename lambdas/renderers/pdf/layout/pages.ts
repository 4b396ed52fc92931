import { Bytes } from '../bytes.ts';
import type { PdfFile } from '../file/pdf-file.ts';
import type { Tags } from '../file/tags.ts';
import { Canvas } from './canvas.ts';
import type { Geometry } from './geometry.ts';
import type { RunningLines } from './running.ts';

/** Pages per node of the page tree, so that no node grows with the document. */
const PAGES_PER_NODE = 64;
/** Levels of deflate. Level 6 takes 6 % longer and saves 0.2 % of a plain page (docs/decisions/0009-pdf-hot-path.md). */
const PLAIN_LEVEL = 5;
const TAGGED_LEVEL = 6;

/** The pages of a document, one at a time: painted, deflated, sent, forgotten. */
export class Pages {
  readonly canvas = new Canvas();
  readonly geometry: Geometry;
  /** `undefined` where there are none, and from when they were given up. */
  tags: Tags | undefined;
  /** What is painted after the areas and before the text: images, as operators. */
  images = '';
  /** The upper edge of what is still free. */
  y = 0;
  /** Of the page being painted, from 1. */
  number = 0;
  /** Object number of the page being painted. */
  object = 0;
  readonly root: number;
  /** Object number of the resources of all pages. */
  readonly #resources: number;
  readonly #file: PdfFile;
  readonly #running: RunningLines;
  readonly #prefix: number | undefined;
  readonly #nodes: { number: number; pages: number }[] = [];
  #kids: string[] = [];
  readonly #content = new Bytes(131_072);

  constructor(file: PdfFile, geometry: Geometry, running: RunningLines, tags: Tags | undefined) {
    this.#file = file;
    this.geometry = geometry;
    this.tags = tags;
    this.#running = running;
    this.root = file.allocate();
    this.#resources = file.allocate();
    this.#prefix = running.hasTotal ? file.allocate() : undefined;
  }

  begin(): void {
    this.number += 1;
    this.object = this.#file.allocate();
    this.canvas.clear();
    this.y = this.geometry.top;
    this.tags?.beginPage(this.object);
    if (this.#kids.length === 0) this.#nodes.push({ number: this.#file.allocate(), pages: 0 });
  }

  /** Finishes the page, and writes it. */
  end(): void {
    const node = this.#nodes.at(-1) as { number: number; pages: number };
    const content = this.#file.allocate();
    const key = this.#structParents();
    this.#file.compressed(content, '', this.#assemble(), this.tags === undefined ? PLAIN_LEVEL : TAGGED_LEVEL);
    const contents = this.#prefix === undefined ? `${content} 0 R` : `[${this.#prefix} 0 R ${content} 0 R]`;
    this.#file.object(
      this.object,
      `<</Type/Page/Parent ${node.number} 0 R/Resources ${this.#resources} 0 R/Contents ${contents}${key}>>`,
    );
    this.#kids.push(`${this.object} 0 R`);
    node.pages += 1;
    this.images = '';
    if (this.#kids.length === PAGES_PER_NODE) this.#closeNode();
  }

  /** Writes the page tree and what had to wait for the number of pages. @param resources of all pages */
  finish(resources: string): void {
    if (this.#kids.length > 0) this.#closeNode();
    const { width, height } = this.geometry;
    const kids = this.#nodes.map(({ number }) => `${number} 0 R`).join(' ');
    this.#file.object(
      this.root,
      `<</Type/Pages/Count ${this.number}/Kids[${kids}]/MediaBox[0 0 ${width / 10} ${height / 10}]>>`,
    );
    this.#file.object(this.#resources, resources);
    if (this.#prefix !== undefined) {
      this.#file.stream(this.#prefix, '', Buffer.from(this.#running.prefix(String(this.number)), 'latin1'));
    }
  }

  #structParents(): string {
    if (this.tags === undefined) return '';
    const key = this.tags.keyOfPage;
    this.tags.endPage();
    return `/StructParents ${key}/Tabs/S`;
  }

  #assemble(): Uint8Array {
    const out = this.#content;
    const { areas, text } = this.canvas;
    this.canvas.fill();
    this.canvas.close();
    out.clear();
    if (this.#prefix === undefined) out.latin1('.1 0 0 .1 0 0 cm\n');
    this.#running.paint(this.number, out, this.tags !== undefined);
    if (this.tags !== undefined && areas.length > 0) out.latin1('/Artifact BMC\n');
    out.bytes(areas.view());
    if (this.tags !== undefined && areas.length > 0) out.latin1('EMC\n');
    out.latin1(this.images);
    out.latin1('BT\n');
    out.bytes(text.view());
    out.latin1('ET');
    return out.view();
  }

  #closeNode(): void {
    const node = this.#nodes.at(-1) as { number: number; pages: number };
    this.#file.object(
      node.number,
      `<</Type/Pages/Parent ${this.root} 0 R/Count ${node.pages}/Kids[${this.#kids.join(' ')}]>>`,
    );
    this.#kids = [];
  }
}
