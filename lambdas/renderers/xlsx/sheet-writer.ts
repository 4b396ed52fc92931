import { columnsElement } from './column-widths.ts';
import { BlockDeflate } from './deflate.ts';
import { Links } from './links.ts';
import { MAX_ROWS, type References } from './references.ts';
import { headerHeight } from './row-heights.ts';
import { LAST_ROW_MARK, type SheetTemplate } from './sheet-template.ts';
import type { SheetPlan } from './shell.ts';
import { XmlBlocks } from './xml-blocks.ts';
import type { ZipWriter } from './zip.ts';

/** What a test may lower, because the real limits take minutes to reach. */
export interface SheetLimits {
  /** Rows of a sheet, titles and totals included. */
  readonly rows: number;
  /** Bytes of a sheet's XML that a zip entry can have without Zip64. */
  readonly bytes: number;
}

export const EXCEL_LIMITS: SheetLimits = { rows: MAX_ROWS, bytes: 0xffff_ffff };

/** A sheet gets Zip64 when, going on like its first block, it would pass this part of the limit. */
const ZIP64_FROM = 1 / 2;
/** A sheet without Zip64 is full when it has passed this part of the limit: the rest is for its links and its end. */
const FULL_FROM = 63 / 64;

/** Of deflate; see the record of the workbook's hot path. */
const LEVELS: Record<References, number> = { short: 2, full: 4 };

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Groups with subtotals that formats tell from each other. Beyond, a format is for all rows, subtotals among them. */
const MAX_RANGES = 500;

/** A sheet as it is to be written. */
interface Sheet extends SheetPlan {
  /** Counted from 1, over the whole workbook. */
  readonly number: number;
  /** Of its columns. */
  readonly widths: readonly number[];
  readonly references: References;
}

/** Rows from … to, both included. */
type RowRange = readonly [from: number, to: number];

/** One sheet on its way into the archive. */
export class SheetWriter {
  readonly name: string;
  readonly template: SheetTemplate;
  readonly blocks: XmlBlocks;
  readonly links = new Links();
  readonly references: References;
  /** The number of the next row, 1-based. */
  row: number;
  readonly #zip: ZipWriter;
  readonly #number: number;
  readonly #limits: SheetLimits;
  readonly #deflate: BlockDeflate;
  readonly #first: boolean;
  readonly #ranges: RowRange[] = [];
  #rangeStart: number;
  #zip64: boolean | undefined;
  #begun = false;

  constructor(zip: ZipWriter, sheet: Sheet, template: SheetTemplate, limits: SheetLimits) {
    this.name = sheet.name;
    this.references = sheet.references;
    this.template = template;
    this.row = template.headerRow + 1;
    this.#rangeStart = this.row;
    this.#zip = zip;
    this.#number = sheet.number;
    this.#limits = limits;
    this.#first = sheet.first;
    this.#deflate = new BlockDeflate(LEVELS[sheet.references], (bytes) => this.#append(bytes));
    this.blocks = new XmlBlocks(this.#deflate);
    const titles = withHeaderHeight(template, headerHeight(sheet.columns, sheet.widths));
    this.blocks.text(template.head + columnsElement(sheet.widths) + titles);
    if (this.#deflate.size > 0) this.#decideZip64();
  }

  /** Bytes that were handed to deflate: when this changes it is time to await {@link room}. */
  get handedOver(): number {
    return this.#deflate.size;
  }

  /** Whether there is no place for a row and so many after it. */
  isFull(reserved: number): boolean {
    if (this.row + reserved > this.#limits.rows) return true;
    return this.#zip64 === false && this.blocks.written > this.#limits.bytes * FULL_FROM;
  }

  /** Marks the row before the next one as the last of a group. */
  endRange(): void {
    if (this.row > this.#rangeStart) this.#ranges.push([this.#rangeStart, this.row - 1]);
  }

  /** Marks the next row as the first of a group. */
  startRange(): void {
    this.#rangeStart = this.row;
  }

  /** The back-pressure. Must be awaited each time that {@link handedOver} has changed. */
  room(): Promise<void> {
    this.#decideZip64();
    return this.#deflate.room();
  }

  /**
   * Writes what stands behind the rows, and the sheet's relationships.
   * @param lastRow the last row of data
   */
  async close(lastRow: number): Promise<void> {
    this.#decideZip64();
    const { template, blocks } = this;
    const end = this.#first ? template.end : template.end.replace(/<drawing [^>]*>/, '');
    const filled = (xml: string) => withRanges(withLastRow(xml, lastRow), this.#dataRanges(lastRow));
    blocks.text(filled(template.tail) + this.links.elements() + filled(end));
    blocks.finish();
    await this.#deflate.drain();
    await this.#zip.end(this.#deflate.crc, this.#deflate.size);
    const relationships = (this.#first ? template.relationships : '') + this.links.relationships();
    if (relationships === '') return;
    const xml = `${XML}<Relationships xmlns="${RELATIONSHIPS}">${relationships}</Relationships>`;
    await this.#zip.add(`xl/worksheets/_rels/sheet${this.#number}.xml.rels`, Buffer.from(xml));
  }

  #dataRanges(lastRow: number): readonly RowRange[] {
    const open: RowRange[] = this.#rangeStart <= lastRow ? [[this.#rangeStart, lastRow]] : [];
    const ranges = [...this.#ranges, ...open];
    return ranges.length > MAX_RANGES ? [[this.template.headerRow + 1, lastRow]] : ranges;
  }

  /** Decides by the first block, before it is written; after that it is too late. Depends on nothing but the rows. */
  #decideZip64(): void {
    if (this.#zip64 !== undefined) return;
    const rows = this.row - this.template.headerRow - 1;
    if (this.#deflate.size === 0) this.#zip64 = false;
    else this.#zip64 = (this.blocks.written / rows) * this.#limits.rows > this.#limits.bytes * ZIP64_FROM;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    if (!this.#begun) {
      await this.#zip.begin(`xl/worksheets/sheet${this.#number}.xml`, this.#zip64 === true);
      this.#begun = true;
    }
    await this.#zip.append(bytes);
  }
}

function withHeaderHeight({ titles, headerRow }: SheetTemplate, height: number): string {
  return titles.replace(`<row r="${headerRow}"`, `$& ht="${height}" customHeight="1"`);
}

/** Fills in the last row where the shell could only leave a mark. Text of the request cannot look like one of these. */
function withLastRow(xml: string, lastRow: number): string {
  return xml.replace(new RegExp(`(\\bref="[A-Z]+\\d+:[A-Z]+)${LAST_ROW_MARK}\\b`, 'g'), `$1${lastRow}`);
}

/** Lets formats of a column pass over subtotals, which would be the longest of bars. */
function withRanges(xml: string, ranges: readonly RowRange[]): string {
  const mark = new RegExp(`(\\bsqref="|<xm:sqref>)([A-Z]+)\\d+:[A-Z]+${LAST_ROW_MARK}\\b`, 'g');
  return xml.replace(mark, (_, before: string, column: string) => {
    return before + ranges.map(([from, to]) => `${column}${from}:${column}${to}`).join(' ');
  });
}
