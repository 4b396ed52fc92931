import type { ByteSink, RenderContext, Rendered, Row, RowStream } from '../../domain/rendering.ts';
import type { ReportSpec, TableSpec } from '../../domain/request.ts';
import type { Image } from '../images/image.ts';
import { Pace } from '../pace.ts';
import { readColumns, type TableColumn } from '../table/columns.ts';
import type { Groups } from '../table/groups.ts';
import { sampled } from '../table/sample.ts';
import { Warnings } from '../table/warnings.ts';
import { totalWord } from '../table/words.ts';
import { conventionsOf } from '../values/locale.ts';
import { loadNumberFormats } from '../values/number-format/library.ts';
import { closingParts, coreProperties, type Parts, rootRelationships, type WrittenSheet } from './book-parts.ts';
import { ColumnFormats } from './column-formats.ts';
import { columnWidths } from './column-widths.ts';
import { TableNames, tableFault } from './excel-table.ts';
import { logoOf } from './logo.ts';
import { SharedStrings } from './shared-strings.ts';
import { SheetFrames } from './sheet-frame.ts';
import { SheetNames } from './sheet-names.ts';
import { type SheetContent, type SheetLimits, SheetWriter } from './sheet-writer.ts';
import { StyleBook } from './style-book.ts';
import { writeSubtotalsRow, writeTotalsRow } from './summary-rows.ts';
import { TableRows } from './table-rows.ts';
import { TableTotals } from './table-totals.ts';
import { titleRows } from './title-rows.ts';
import { ZipWriter } from './zip.ts';

/** Rows that decide how wide the columns become. */
const SAMPLE_ROWS = 1000;

/** A table on its way into the workbook. */
interface Work {
  readonly content: SheetContent;
  readonly encoder: TableRows;
  readonly totals: TableTotals;
  /** Whether its sheets are tables that formulas can name. */
  readonly asTable: boolean;
  /** Of its first sheet; the others are numbered. */
  readonly name: string;
  sheets: number;
}

/** Writes one workbook: each table's rows as they come, then what depends on the number of sheets. */
export class WorkbookWriter {
  readonly #report: ReportSpec;
  readonly #context: RenderContext;
  readonly #pace: Pace;
  readonly #limits: SheetLimits;
  readonly #zip: ZipWriter;
  readonly #warnings = new Warnings();
  readonly #names = new SheetNames();
  readonly #tableNames = new TableNames();
  readonly #styles = new StyleBook(this.#warnings);
  readonly #strings = new SharedStrings();
  readonly #written: WrittenSheet[] = [];
  readonly #frames: SheetFrames;
  readonly #logo: Image | undefined;
  #rows = 0;

  constructor(report: ReportSpec, sink: ByteSink, context: RenderContext, limits: SheetLimits) {
    this.#report = report;
    this.#context = context;
    this.#pace = new Pace(context.signal);
    this.#limits = limits;
    const write = async (bytes: Uint8Array) => {
      context.signal.throwIfAborted();
      await sink.write(bytes);
    };
    this.#zip = new ZipWriter(write, context.createdAt);
    this.#frames = new SheetFrames(report, context.createdAt, this.#warnings);
    this.#logo = logoOf(report, this.#warnings);
  }

  async write(tables: readonly RowStream[]): Promise<Rendered> {
    this.#context.signal.throwIfAborted();
    await loadNumberFormats(this.#report.tables);
    if (this.#report.layout.carryTotals === true) {
      this.#warnings.add(
        'CARRY_IGNORED',
        () => 'No totals are carried over: a sheet has no pages before it is printed.',
      );
    }
    const properties = coreProperties(this.#report, this.#context.createdAt, this.#warnings);
    await this.#add([
      ['_rels/.rels', rootRelationships()],
      ['docProps/core.xml', properties],
    ]);
    const names = this.#sheetNames();
    for (const [i, table] of this.#report.tables.entries()) {
      await this.#writeTable(table, names[i] as string, tables[i] as RowStream);
    }
    await this.#add(closingParts(this.#written, { styles: this.#styles.xml, strings: this.#strings.xml }, this.#logo));
    await this.#zip.finish();
    return { rows: this.#rows, sheets: this.#written.length, warnings: this.#warnings.list() };
  }

  /** Names of all tables' first sheets: a table that overflows must not take the next one's. */
  #sheetNames(): string[] {
    return this.#report.tables.map((table, i) => {
      const wished = table.name ?? (this.#report.tables.length === 1 ? this.#report.title : '');
      const name = this.#names.claim(wished, `Table ${i + 1}`);
      if (table.name !== undefined && table.name !== name) {
        this.#warnings.add('SHEET_RENAMED', () => `The sheet of table ${i + 1} is called "${name}".`);
      }
      return name;
    });
  }

  async #writeTable(table: TableSpec, name: string, rows: RowStream): Promise<void> {
    const { sample, batches } = await sampled(rows, SAMPLE_ROWS);
    const work = this.#workOf(table, name, sample);
    const { encoder, totals } = work;
    let sheet = await this.#openSheet(work);
    for await (const batch of batches) {
      this.#context.signal.throwIfAborted();
      for (let next = 0; next < batch.length; ) {
        next = encodeRows(batch, next, sheet, encoder, totals);
        await sheet.room();
        if (this.#pace.isDue) await this.#pace.turn();
        if (next < batch.length && sheet.isFull(totals.reserved)) {
          await this.#closeSheet(sheet, sheet.row - 1);
          sheet = await this.#openSheet(work);
        }
      }
      this.#rows += batch.length;
      this.#context.onProgress?.(this.#rows);
    }
    await this.#finishTable(sheet, totals);
  }

  #workOf(table: TableSpec, name: string, sample: readonly Row[]): Work {
    const { locale, layout, timeZone, title } = this.#report;
    const settings = { locale: conventionsOf(locale), timeZone, table: table.name ?? title };
    const columns = readColumns(table, settings, this.#warnings);
    const { autoFilter = true, banding = true, references = 'short' } = layout;
    const look = { banding, wrapped: columns.some(({ spec }) => spec.wrap === true) };
    const styles = this.#styles.ofColumns(columns, look);
    const titles = titleRows(this.#report, table, this.#logo !== undefined, {
      strings: this.#strings,
      styles: this.#styles,
    });
    const grouped = table.groupBy !== undefined;
    const widths = columnWidths(columns, sample);
    const totals = new TableTotals(columns, table.groupBy);
    const content: SheetContent = {
      columns,
      styles,
      widths,
      references,
      titles,
      strings: this.#strings,
      frame: this.#frames.frame({ columns: columns.length, grouped, headerRow: titles.count + 1 }),
      formats: new ColumnFormats(columns, this.#styles, this.#warnings),
      hasFilter: autoFilter,
    };
    const encoder = new TableRows(columns, styles, { totals, warnings: this.#warnings, widths, references });
    return { content, encoder, totals, asTable: this.#isExcelTable(name, columns, totals), name, sheets: 0 };
  }

  #isExcelTable(name: string, columns: readonly TableColumn[], totals: TableTotals): boolean {
    if (this.#report.layout.excelTable !== true) return false;
    const fault = totals.groups !== undefined ? 'its rows are grouped' : tableFault(columns.map(({ label }) => label));
    if (fault === undefined) return true;
    this.#warnings.add('TABLE_IGNORED', () => `"${name}" is not an Excel table: ${fault}.`);
    return false;
  }

  async #finishTable(sheet: SheetWriter, totals: TableTotals): Promise<void> {
    if (totals.groups !== undefined && totals.inGroup) endGroup(sheet, totals, totals.groups);
    // A table without rows has an empty one, for its filter and its formulas to lie over.
    if (sheet.row === sheet.headerRow + 1) totals.addRow(sheet.name, sheet.row++, null);
    const lastRow = sheet.row - 1;
    if (totals.any) {
      writeTotalsRow(sheet, totals, sheet.sheet.styles.total, totalWord(this.#report.locale));
      totals.warn(this.#warnings);
    }
    await this.#closeSheet(sheet, lastRow);
  }

  async #closeSheet(sheet: SheetWriter, lastRow: number): Promise<void> {
    const { name, columns, hasLogo, tableName, hasFilter } = sheet.sheet;
    await sheet.close(lastRow);
    this.#written.push({
      name,
      columns: columns.length,
      headerRow: sheet.headerRow,
      lastRow,
      hasFilter: hasFilter && tableName === undefined,
      hasLogo,
      hasTable: tableName !== undefined,
    });
  }

  /** Opens a table's first sheet, or the one on which it goes on. */
  #openSheet(work: Work): Promise<SheetWriter> {
    work.sheets += 1;
    const isFirst = work.sheets === 1;
    const name = isFirst ? work.name : this.#names.overflow(work.name, work.sheets);
    if (!isFirst) {
      this.#warnings.add('SHEET_CONTINUED', () => `"${work.name}" was full; its rows continue in "${name}".`);
    }
    const sheet = {
      ...work.content,
      name,
      number: this.#written.length + 1,
      hasLogo: isFirst && this.#logo !== undefined,
      tableName: work.asTable ? this.#tableNames.claim(name) : undefined,
    };
    return SheetWriter.open(this.#zip, sheet, this.#limits);
  }

  async #add(parts: Parts): Promise<void> {
    for (const [name, content] of parts) {
      await this.#zip.add(name, typeof content === 'string' ? Buffer.from(content) : content);
    }
  }
}

/** Encodes rows until a block is handed over or the sheet is full; returns the position of the next row. */
function encodeRows(
  batch: readonly Row[],
  from: number,
  sheet: SheetWriter,
  encoder: TableRows,
  totals: TableTotals,
): number {
  const { handedOver } = sheet;
  const { groups } = totals;
  for (let i = from; i < batch.length; i += 1) {
    const row = batch[i] as Row;
    const cell = groups === undefined ? null : row[groups.at];
    if (groups !== undefined && totals.startsGroup(cell)) endGroup(sheet, totals, groups);
    if (sheet.isFull(totals.reserved)) return i;
    totals.addRow(sheet.name, sheet.row, cell);
    encoder.write(batch, i, sheet);
    sheet.blocks.turn();
    if (sheet.handedOver !== handedOver) return i + 1;
  }
  return batch.length;
}

function endGroup(sheet: SheetWriter, totals: TableTotals, groups: Groups): void {
  sheet.endRange();
  writeSubtotalsRow(sheet, totals, groups, sheet.sheet.styles.subtotal);
  sheet.startRange();
  totals.endGroup();
}
