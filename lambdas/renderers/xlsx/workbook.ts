import type { ByteSink, RenderContext, Rendered, Row, RowStream } from '../../domain/rendering.ts';
import type { ReportSpec } from '../../domain/request.ts';
import { Pace } from '../pace.ts';
import { readColumns } from '../table/columns.ts';
import type { Groups } from '../table/groups.ts';
import { sampled } from '../table/sample.ts';
import { Warnings } from '../table/warnings.ts';
import { totalWord } from '../table/words.ts';
import { conventionsOf } from '../values/locale.ts';
import { loadNumberFormats } from '../values/number-format/library.ts';
import { columnWidths } from './column-widths.ts';
import { type NamedSheet, withDefinedNames } from './defined-names.ts';
import type { References } from './references.ts';
import { SheetNames } from './sheet-names.ts';
import type { SheetTemplate } from './sheet-template.ts';
import { type SheetLimits, SheetWriter } from './sheet-writer.ts';
import { buildShell, type SheetPlan, type Shell } from './shell.ts';
import { writeSubtotalsRow, writeTotalsRow } from './summary-rows.ts';
import { TableRows } from './table-rows.ts';
import { TableTotals } from './table-totals.ts';
import { ZipWriter } from './zip.ts';

/** Written first: it tells programs that look no further than the first entry what kind of file this is. */
const FIRST_PART = '_rels/.rels';
/** The parts that list the sheets, whose number is known only when the last row is. */
const WORKBOOK_PART = 'xl/workbook.xml';
const LISTING_PARTS = new Set(['[Content_Types].xml', WORKBOOK_PART, 'xl/_rels/workbook.xml.rels', 'docProps/app.xml']);

/** Writes one workbook: the shell, then each table's rows as they come, then what depends on their number. */
export class WorkbookWriter {
  readonly #report: ReportSpec;
  readonly #context: RenderContext;
  readonly #pace: Pace;
  readonly #limits: SheetLimits;
  readonly #zip: ZipWriter;
  readonly #warnings = new Warnings();
  readonly #names = new SheetNames();
  readonly #sheets: SheetPlan[] = [];
  /** The closed sheets, for the names that refer to them. */
  readonly #named: NamedSheet[] = [];
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
  }

  async write(tables: readonly RowStream[]): Promise<Rendered> {
    this.#context.signal.throwIfAborted();
    await loadNumberFormats(this.#report.tables);
    const plans = this.#planSheets();
    const shell = await buildShell(this.#report, plans, this.#context.createdAt, this.#warnings);
    await this.#addParts(shell, (name) => name === FIRST_PART);
    for (const [i, plan] of plans.entries()) {
      await this.#writeTable(plan, shell.sheets[i] as SheetTemplate, tables[i] as RowStream);
    }
    await this.#addParts(shell, (name) => name !== FIRST_PART && !LISTING_PARTS.has(name));
    await this.#addListings(await this.#finalShell(plans, shell));
    await this.#zip.finish();
    return { rows: this.#rows, sheets: this.#sheets.length, warnings: this.#warnings.list() };
  }

  get #references(): References {
    return this.#report.layout.references ?? 'short';
  }

  #planSheets(): SheetPlan[] {
    const locale = conventionsOf(this.#report.locale);
    return this.#report.tables.map((table, i) => {
      const wished = table.name ?? (this.#report.tables.length === 1 ? this.#report.title : '');
      const name = this.#names.claim(wished, `Table ${i + 1}`);
      if (table.name !== undefined && table.name !== name) {
        this.#warnings.add('SHEET_RENAMED', () => `The sheet of table ${i + 1} is called "${name}".`);
      }
      const settings = { locale, timeZone: this.#report.timeZone, table: table.name ?? this.#report.title };
      return { name, table, columns: readColumns(table, settings, this.#warnings), first: true };
    });
  }

  async #writeTable(plan: SheetPlan, template: SheetTemplate, rows: RowStream): Promise<void> {
    const { sample, batches } = await sampled(rows);
    const { columns, table } = plan;
    const widths = columnWidths(columns, sample);
    const totals = new TableTotals(columns, table.groupBy, this.#warnings);
    const encoder = new TableRows(columns, template.styles, {
      totals,
      warnings: this.#warnings,
      widths,
      references: this.#references,
    });
    let sheet = this.#openSheet(plan, template, widths);
    for await (const batch of batches) {
      this.#context.signal.throwIfAborted();
      for (let next = 0; next < batch.length; ) {
        next = encodeRows(batch, next, sheet, encoder, totals);
        await sheet.room();
        if (this.#pace.isDue) await this.#pace.turn();
        if (next < batch.length && sheet.isFull(totals.reserved)) {
          await this.#closeSheet(sheet, sheet.row - 1);
          sheet = this.#openSheet(this.#continued(plan), template, widths);
        }
      }
      this.#rows += batch.length;
      this.#context.onProgress?.(this.#rows);
    }
    await this.#finishTable(sheet, totals);
  }

  async #finishTable(sheet: SheetWriter, totals: TableTotals): Promise<void> {
    if (totals.groups !== undefined && totals.inGroup) endGroup(sheet, totals, totals.groups);
    // A table without rows has an empty one, for its filter and its formulas to lie over.
    if (sheet.row === sheet.template.headerRow + 1) totals.addRow(sheet.name, sheet.row++, null);
    const lastRow = sheet.row - 1;
    if (totals.any) {
      writeTotalsRow(sheet, totals, sheet.template.styles.total, totalWord(this.#report.locale));
      totals.warn(this.#warnings);
    }
    await this.#closeSheet(sheet, lastRow);
  }

  async #closeSheet(sheet: SheetWriter, lastRow: number): Promise<void> {
    const { headerRow, styles } = sheet.template;
    this.#named.push({ name: sheet.name, columns: styles.plain.length, headerRow, lastRow });
    await sheet.close(lastRow);
  }

  #openSheet(plan: SheetPlan, template: SheetTemplate, widths: readonly number[]): SheetWriter {
    this.#sheets.push(plan);
    const sheet = { ...plan, widths, number: this.#sheets.length, references: this.#references };
    return new SheetWriter(this.#zip, sheet, template, this.#limits);
  }

  /** The plan of the sheet on which a table goes on. */
  #continued(plan: SheetPlan): SheetPlan {
    const part = 1 + this.#sheets.filter((sheet) => sheet.table === plan.table).length;
    const name = this.#names.overflow(plan.name, part);
    this.#warnings.add('SHEET_CONTINUED', () => `"${plan.name}" was full; its rows go on in "${name}".`);
    return { ...plan, name, first: false };
  }

  /** When tables needed more sheets than planned, the shell is made once more, for the lists of sheets in it. */
  async #finalShell(plans: readonly SheetPlan[], shell: Shell): Promise<Shell> {
    if (this.#sheets.length === plans.length) return shell;
    return buildShell(this.#report, this.#sheets, this.#context.createdAt, new Warnings());
  }

  async #addListings({ parts }: Shell): Promise<void> {
    const { autoFilter = true } = this.#report.layout;
    const workbook = parts.get(WORKBOOK_PART)?.toString() ?? '';
    const named = withDefinedNames(workbook, this.#named, autoFilter);
    const listings = new Map([...parts, [WORKBOOK_PART, Buffer.from(named)]]);
    await this.#addParts({ parts: listings }, (name) => LISTING_PARTS.has(name));
  }

  async #addParts(shell: Pick<Shell, 'parts'>, wanted: (name: string) => boolean): Promise<void> {
    for (const [name, content] of shell.parts) {
      if (wanted(name)) await this.#zip.add(name, content);
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
  writeSubtotalsRow(sheet, totals, groups, sheet.template.styles.subtotal);
  sheet.startRange();
  totals.endGroup();
}
