import type { TableColumn } from '../table/columns.ts';
import type { ColumnFormats, RowRange } from './column-formats.ts';
import { columnElements } from './column-widths.ts';
import { BlockDeflate } from './deflate.ts';
import { type ExcelTable, tablePart } from './excel-table.ts';
import { Links } from './links.ts';
import { columnLetters, MAX_ROWS, type References } from './references.ts';
import { relationship, relationshipsPart } from './relationships.ts';
import { headerHeight } from './row-heights.ts';
import type { SharedStrings } from './shared-strings.ts';
import { RELATIONSHIPS, type SheetFrame } from './sheet-frame.ts';
import type { StyleNumbers } from './style-book.ts';
import type { TitleRows } from './title-rows.ts';
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

/** Of deflate; see the record of short references. */
const LEVELS: Record<References, number> = { short: 2, full: 4 };

/** Groups with subtotals that formats tell from each other. Beyond, a format is for all rows, subtotals among them. */
const MAX_RANGES = 500;

/** What the sheets of one table have in common. */
export interface SheetContent {
  readonly columns: readonly TableColumn[];
  readonly styles: StyleNumbers;
  readonly widths: readonly number[];
  readonly references: References;
  readonly frame: SheetFrame;
  readonly titles: TitleRows;
  /** Of titles and headers. */
  readonly strings: SharedStrings;
  readonly formats: ColumnFormats;
  readonly hasFilter: boolean;
}

/** A sheet as it is to be written. */
export interface Sheet extends SheetContent {
  readonly name: string;
  /** Counted from 1, over the whole workbook. */
  readonly number: number;
  readonly hasLogo: boolean;
  /** The name of its table, where it is to be one that formulas can use. */
  readonly tableName: string | undefined;
}

/** One sheet on its way into the archive. */
export class SheetWriter {
  readonly sheet: Sheet;
  readonly blocks: XmlBlocks;
  readonly links = new Links();
  /** Row number of the header, 1-based; data starts below it. */
  readonly headerRow: number;
  /** The number of the next row, 1-based. */
  row: number;
  readonly #zip: ZipWriter;
  readonly #limits: SheetLimits;
  readonly #deflate: BlockDeflate;
  readonly #ranges: RowRange[] = [];
  #rangeStart: number;
  #zip64: boolean | undefined;
  #begun = false;

  private constructor(zip: ZipWriter, sheet: Sheet, limits: SheetLimits) {
    this.sheet = sheet;
    this.headerRow = sheet.titles.count + 1;
    this.row = this.headerRow + 1;
    this.#rangeStart = this.row;
    this.#zip = zip;
    this.#limits = limits;
    this.#deflate = new BlockDeflate(LEVELS[sheet.references], (bytes) => this.#append(bytes));
    this.blocks = new XmlBlocks(this.#deflate);
  }

  /** Writes everything up to the first row of data. */
  static async open(zip: ZipWriter, sheet: Sheet, limits: SheetLimits): Promise<SheetWriter> {
    const writer = new SheetWriter(zip, sheet, limits);
    await writer.#write(openingOf(sheet, writer.headerRow));
    return writer;
  }

  get name(): string {
    return this.sheet.name;
  }

  get references(): References {
    return this.sheet.references;
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
   * Writes what stands behind the rows, the sheet's relationships and its table.
   * @param lastRow the last row of data
   */
  async close(lastRow: number): Promise<void> {
    await this.#write(this.#closing(lastRow));
    this.#decideZip64();
    this.blocks.finish();
    await this.#deflate.drain();
    await this.#zip.end(this.#deflate.crc, this.#deflate.size);
    await this.#addRelationships();
    const { tableName, number, hasFilter, columns } = this.sheet;
    if (tableName === undefined) return;
    const labels = columns.map(({ label }) => label);
    const table: ExcelTable = { number, name: tableName, labels, headerRow: this.headerRow, lastRow, hasFilter };
    await this.#zip.add(`xl/tables/table${number}.xml`, Buffer.from([...tablePart(table)].join('')));
  }

  *#closing(lastRow: number): Generator<string> {
    const { columns, formats, frame, hasFilter, hasLogo, tableName } = this.sheet;
    const ranges = this.#dataRanges(lastRow);
    yield '</sheetData>';
    const end = `${columnLetters(columns.length - 1)}${lastRow}`;
    if (hasFilter && tableName === undefined) yield `<autoFilter ref="A${this.headerRow}:${end}"/>`;
    yield* formats.elements(ranges);
    yield* this.links.elements();
    yield frame.print;
    if (hasLogo) yield '<drawing r:id="logo"/>';
    if (tableName !== undefined) yield '<tableParts count="1"><tablePart r:id="table"/></tableParts>';
    yield* formats.extensions(ranges);
    yield '</worksheet>';
  }

  async #addRelationships(): Promise<void> {
    const { number, hasLogo, tableName } = this.sheet;
    const relationships = [
      ...(hasLogo ? [relationship('logo', `${RELATIONSHIPS}/drawing`, `../drawings/drawing${number}.xml`)] : []),
      ...(tableName === undefined
        ? []
        : [relationship('table', `${RELATIONSHIPS}/table`, `../tables/table${number}.xml`)]),
      ...this.links.relationships(),
    ];
    if (relationships.length === 0) return;
    const part = relationshipsPart(relationships);
    await this.#zip.add(`xl/worksheets/_rels/sheet${number}.xml.rels`, Buffer.from(part));
  }

  async #write(pieces: Iterable<string>): Promise<void> {
    for (const piece of pieces) {
      const { handedOver } = this;
      this.blocks.text(piece);
      if (this.handedOver !== handedOver) await this.room();
    }
  }

  #dataRanges(lastRow: number): readonly RowRange[] {
    const open: RowRange[] = this.#rangeStart <= lastRow ? [[this.#rangeStart, lastRow]] : [];
    const ranges = [...this.#ranges, ...open];
    const told = ranges.length <= MAX_RANGES && this.sheet.formats.takes(ranges.length);
    return told ? ranges : [[this.headerRow + 1, lastRow]];
  }

  /** Decides by the first block, before it is written; after that it is too late. Depends on nothing but the rows. */
  #decideZip64(): void {
    if (this.#zip64 !== undefined) return;
    const rows = this.row - this.headerRow - 1;
    if (this.#deflate.size === 0) this.#zip64 = false;
    else this.#zip64 = (this.blocks.written / rows) * this.#limits.rows > this.#limits.bytes * ZIP64_FROM;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    if (!this.#begun) {
      await this.#zip.begin(`xl/worksheets/sheet${this.sheet.number}.xml`, this.#zip64 === true);
      this.#begun = true;
    }
    await this.#zip.append(bytes);
  }
}

function* openingOf(sheet: Sheet, headerRow: number): Generator<string> {
  const { columns, styles, widths, references, frame, titles, strings } = sheet;
  yield frame.head;
  yield* columnElements(widths);
  yield `<sheetData>${titles.xml}`;
  yield `<row r="${headerRow}" ht="${headerHeight(columns, widths)}" customHeight="1">`;
  for (const [c, { label }] of columns.entries()) {
    const place = c === 0 || references === 'full' ? `${columnLetters(c)}${headerRow}` : undefined;
    yield strings.cell(place, styles.header[c] as number, label);
  }
  yield '</row>';
}
