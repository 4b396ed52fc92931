import type { UsedParameter } from '../../../domain/report-definition.ts';
import type { Line } from '../text/line.ts';
import { flatText } from '../text/paragraphs.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import { actualText } from './actual-text.ts';
import type { Pages } from './pages.ts';
import {
  ACCENT,
  INK,
  LONG_TITLE_SIZE,
  MUTED,
  NOTE_SIZE,
  SECTION_SIZE,
  SMALL_TITLE_SIZE,
  SUBTITLE_SIZE,
  TITLE_SIZE,
} from './theme.ts';
import { imageMatrix, swapsSides } from './turned.ts';

/** An image that was embedded, with its stored size in pixels. */
export interface Logo {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** By EXIF, 1 … 8. */
  readonly orientation: number;
}

export interface TitleContext {
  readonly pages: Pages;
  readonly setter: Typesetter;
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly rightToLeft: boolean;
}

const LOGO_HEIGHT = 420;
const LOGO_WIDTH = 1400;
/** From the logo to the title beside it. */
const LOGO_GAP = 120;

export interface TitleTexts {
  readonly title: string;
  readonly subtitle: string | undefined;
  /** What the rows were chosen by, a line each. */
  readonly parameters: readonly UsedParameter[];
  /** When it was made. */
  readonly note: string;
}

/** The block at the head of the first page: logo at the far side, title and the lines below it, a rule. */
export function paintTitle(texts: TitleTexts, logo: Logo | undefined, context: TitleContext): void {
  const { pages } = context;
  const top = pages.y;
  const logoSize = logo === undefined ? undefined : scaledLogo(logo);
  const room = pages.geometry.right - pages.geometry.left - (logoSize === undefined ? 0 : logoSize.width + LOGO_GAP);
  const { bold, regular } = context;
  const size = titleSize(texts.title, room, context);
  const blocks = [setBlock('H1', texts.title, { typeface: bold, size, ink: INK, room }, context)];
  if (texts.subtitle !== undefined && texts.subtitle.trim() !== '') {
    blocks.push(setBlock('P', texts.subtitle, { typeface: regular, size: SUBTITLE_SIZE, ink: MUTED, room }, context));
  }
  for (const { label, value } of texts.parameters) {
    const style = { typeface: regular, size: NOTE_SIZE, ink: INK, room };
    blocks.push(setBlock('P', `${label}: ${value}`, style, context));
  }
  blocks.push(setBlock('P', texts.note, { typeface: regular, size: NOTE_SIZE, ink: MUTED, room }, context));
  for (const block of blocks) paintBlock(block, context);
  if (logo !== undefined && logoSize !== undefined) {
    paintLogo(logo, logoSize, top, context);
    pages.y = Math.min(pages.y, top - logoSize.height);
  }
  pages.y -= 60;
  pages.canvas.area(pages.geometry.left, pages.y, pages.geometry.right - pages.geometry.left, 16, ACCENT);
  pages.y -= 110;
}

/** A title that is a little too long for one line is set smaller; a long one gets more lines. */
function titleSize(title: string, room: number, { setter, bold }: TitleContext): number {
  const size = (room / setter.measure(flatText(title), bold)) * 1000;
  if (size >= TITLE_SIZE) return TITLE_SIZE;
  return size >= SMALL_TITLE_SIZE ? Math.floor(size) : LONG_TITLE_SIZE;
}

/** Sets a section's heading. @returns what paints it */
export function setHeading(text: string, context: TitleContext): () => void {
  const { left, right } = context.pages.geometry;
  const style = { typeface: context.bold, size: SECTION_SIZE, ink: ACCENT, room: right - left };
  const block = setBlock('H2', text, style, context);
  return () => {
    paintBlock(block, context);
    context.pages.y -= 40;
  };
}

/** Text that was set. */
interface Block {
  readonly role: string;
  readonly lines: readonly Line[];
  readonly size: number;
  readonly ink: string;
}

function setBlock(
  role: string,
  text: string,
  { typeface, size, ink, room }: { typeface: Typeface; size: number; ink: string; room: number },
  { setter }: TitleContext,
): Block {
  const lines = setter.wrapped(flatText(text), typeface, (room / size) * 1000).slice(0, 6);
  return { role, lines, size, ink };
}

function paintBlock({ role, lines, size, ink }: Block, { pages, rightToLeft }: TitleContext): void {
  const { geometry, canvas, tags } = pages;
  canvas.ink(ink);
  if (tags !== undefined)
    canvas.text.latin1(`/${role}<</MCID ${tags.leaf(tags.document, role, actualText(lines))}>>BDC\n`);
  for (const line of lines) {
    pages.y -= Math.round(size * 1.3);
    const x = rightToLeft ? geometry.right - length(line, size) : geometry.left;
    canvas.line(line, size, x, pages.y + Math.round(size * 0.28));
  }
  if (tags !== undefined) canvas.text.latin1('EMC\n');
}

function paintLogo(
  logo: Logo,
  size: { width: number; height: number },
  top: number,
  { pages, rightToLeft }: TitleContext,
): void {
  const x = rightToLeft ? pages.geometry.left : pages.geometry.right - size.width;
  const [open, close] = pages.tags === undefined ? ['', ''] : ['/Artifact BMC\n', 'EMC\n'];
  const matrix = imageMatrix(logo.orientation, { x, y: top - size.height, ...size });
  pages.images += `${open}q ${matrix} cm/${logo.name} Do Q\n${close}`;
}

function scaledLogo(logo: Logo): { width: number; height: number } {
  const [width, height] = swapsSides(logo.orientation) ? [logo.height, logo.width] : [logo.width, logo.height];
  const scale = Math.min(LOGO_HEIGHT / height, LOGO_WIDTH / width);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function length(line: Line, size: number): number {
  return Math.round((line.width * size) / 1000);
}
