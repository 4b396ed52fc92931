import type { ByteSink, RenderContext } from '../../domain/rendering.ts';
import type { ReportSpec } from '../../domain/request.ts';
import { readLogo } from '../images/logo.ts';
import { displayOf } from '../table/display.ts';
import { runningTexts } from '../table/running-lines.ts';
import { Warnings } from '../table/warnings.ts';
import { conventionsOf, type LocaleConventions } from '../values/locale.ts';
import { fileIdentifier, infoDictionary, xmp } from './file/metadata.ts';
import { type OutlineEntry, writeOutline } from './file/outline.ts';
import { writeOutputIntent } from './file/output-intent.ts';
import { PdfFile } from './file/pdf-file.ts';
import { Tags } from './file/tags.ts';
import { FallbackFonts } from './fonts/fallback.ts';
import { FontSet } from './fonts/font-set.ts';
import { geometryOf } from './layout/geometry.ts';
import { Pages } from './layout/pages.ts';
import { RunningLines } from './layout/running.ts';
import { type Logo, paintTitle, setHeading } from './layout/title.ts';
import { TextShaper } from './text/shaper.ts';
import { Typesetter } from './text/typesetter.ts';

/**
 * Up to this many rows, some 250 pages, a report is tagged unless it asks not to be. Beyond, twice the bytes and twice
 * the time would go into what hardly anybody listens to, and viewers hold the whole structure in memory.
 */
const TAGGED_ROWS = 10_000;
/** Acrobat takes 8,388,607 objects: at a dozen columns that many rows come near. */
const TAGGED_ROWS_LIMIT = 500_000;

/** One report on its way to a file: fonts, pages, and what has to be written when the last row is in. */
export class Document {
  readonly file: PdfFile;
  readonly fonts: FontSet;
  readonly shaper: TextShaper;
  readonly setter: Typesetter;
  readonly pages: Pages;
  readonly locale: LocaleConventions;
  readonly warnings = new Warnings();
  readonly #report: ReportSpec;
  readonly #createdAt: Date;
  readonly #running: RunningLines;
  readonly #outline: OutlineEntry[] = [];
  readonly #made: string;
  #logo: (Logo & { number: number }) | undefined;

  constructor(report: ReportSpec, sink: ByteSink, { createdAt, rowsExpected = 0 }: RenderContext) {
    this.#report = report;
    this.#createdAt = createdAt;
    this.locale = conventionsOf(report.locale);
    this.file = new PdfFile(sink);
    const fallback = new FallbackFonts(report.locale);
    this.fonts = new FontSet(this.file, fallback, (codePoint) => this.#missing(codePoint));
    this.shaper = new TextShaper(this.locale.rightToLeft);
    this.setter = new Typesetter(this.shaper);
    const made = displayOf({ key: '', type: 'datetime' }, this.locale, report.timeZone).cell(createdAt.toISOString());
    this.#made = `${made} (${report.timeZone})`;
    const columns = Math.max(...report.tables.map((table) => table.columns.length));
    const geometry = geometryOf(report.layout, report.locale, columns);
    this.#running = new RunningLines(runningTexts(report, createdAt, this.warnings), geometry, {
      setter: this.setter,
      typeface: this.fonts.regular,
      rightToLeft: this.locale.rightToLeft,
    });
    const isTagged = report.layout.tagged !== false && rowsExpected <= this.#taggedRows;
    this.pages = new Pages(this.file, geometry, this.#running, isTagged ? new Tags(this.file) : undefined);
  }

  /** Loads what has to be there before anything is painted. */
  async open(): Promise<void> {
    const image = readLogo(this.#report.layout, this.warnings);
    if (image === undefined) return;
    const isCmyk = image.type === 'jpeg' && image.components === 4;
    if (isCmyk && this.#report.layout.pdfA === true) {
      this.warnings.add('LOGO_IGNORED', () => 'The logo is in CMYK, for which this PDF/A has no colour profile.');
      return;
    }
    // pdf-lib takes longer to load than fifty pages take to be made.
    const { Shell } = await import('./file/shell.ts');
    const number = await new Shell(this.file).embedImage(image);
    const orientation = image.type === 'jpeg' ? image.orientation : 1;
    this.#logo = { name: 'Logo', width: image.width, height: image.height, orientation, number };
  }

  /** @throws `LibraryNeeded`, before anything was painted */
  paintTitle(): void {
    const { title, subtitle, parameters = [] } = this.#report;
    this.#running.set();
    paintTitle({ title, subtitle, parameters, note: this.#made }, this.#logo, this.#style);
  }

  /** Sets a section's heading. @returns what paints it @throws `LibraryNeeded` */
  heading(name: string): () => void {
    const paint = setHeading(name, this.#style);
    return () => {
      this.#outline.push({ title: name, page: this.pages.object, y: Math.round(this.pages.y / 10) });
      paint();
    };
  }

  /** Announces how many rows there are, before the next are painted. */
  expect(rows: number): void {
    // What was tagged up to here stays in the file without a root: a few bytes that nobody reads.
    if (rows > this.#taggedRows) this.pages.tags = undefined;
  }

  get #taggedRows(): number {
    return this.#report.layout.tagged === true ? TAGGED_ROWS_LIMIT : TAGGED_ROWS;
  }

  get #style() {
    const { pages, setter, locale } = this;
    return { pages, setter, regular: this.fonts.regular, bold: this.fonts.bold, rightToLeft: locale.rightToLeft };
  }

  /** Writes fonts, page tree, outline, structure, metadata and the file's end. */
  async finish(): Promise<void> {
    const { file, pages } = this;
    pages.end();
    const total = this.#writeTotal();
    pages.finish(this.#resources(total));
    const outline = writeOutline(file, this.#outline);
    const structure = pages.tags?.finish() ?? '';
    this.fonts.write();
    const { pdfA = false } = this.#report.layout;
    const tagged = pages.tags !== undefined;
    const intent = pdfA ? writeOutputIntent(file) : '';
    const [metadata, info, catalog] = [file.allocate(), file.allocate(), file.allocate()];
    file.stream(
      metadata,
      '/Type/Metadata/Subtype/XML',
      Buffer.from(xmp(this.#report, this.#createdAt, { tagged, pdfA }), 'utf8'),
    );
    file.object(info, infoDictionary(this.#report, this.#createdAt));
    const language = this.#report.locale.replace(/[^A-Za-z0-9-]/g, '');
    file.object(
      catalog,
      `<</Type/Catalog/Pages ${pages.root} 0 R/Metadata ${metadata} 0 R/Lang(${language})/ViewerPreferences<</DisplayDocTitle true>>${outline}${structure}${intent}>>`,
    );
    const id = fileIdentifier(this.#report, this.#createdAt, file.size);
    await file.finish(`/Root ${catalog} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]`);
  }

  #writeTotal(): number | undefined {
    if (!this.#running.hasTotal) return undefined;
    const content = this.#running.total(String(this.pages.number));
    const number = this.file.allocate();
    this.file.compressed(
      number,
      `/Type/XObject/Subtype/Form/BBox[-100 -100 2000 200]/Resources<</Font<<${this.fonts.resources()}>>>>`,
      Buffer.from(content, 'latin1'),
    );
    return number;
  }

  #resources(total: number | undefined): string {
    const forms = [
      total === undefined ? '' : `/Total ${total} 0 R`,
      this.#logo === undefined ? '' : `/${this.#logo.name} ${this.#logo.number} 0 R`,
    ].join('');
    return `<</Font<<${this.fonts.resources()}>>/XObject<<${forms}>>>>`;
  }

  #missing(codePoint: number): void {
    this.warnings.add('GLYPH_MISSING', () => {
      const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
      return `No font has the character ${name}; a box is shown instead.`;
    });
  }
}
