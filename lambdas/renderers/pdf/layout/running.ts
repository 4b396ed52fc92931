import type { RunningLine, RunningPiece, RunningTexts } from '../../table/running-lines.ts';
import { Bytes } from '../bytes.ts';
import type { Line } from '../text/line.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import { Canvas } from './canvas.ts';
import type { Geometry } from './geometry.ts';
import { MUTED, NOTE_SIZE } from './theme.ts';

/** Stands for the page's number in a piece: no text that was cleaned holds it. */
const PAGE = '\0';

type Side = 'left' | 'center' | 'right';

/** A text at one place of the header or footer; the number of pages splits it, since the total is not known until the end. */
interface Part {
  readonly side: Side;
  readonly baseline: number;
  /** Pieces between the totals. */
  readonly pieces: readonly string[];
}

/** What the number of pages may take, of which nothing is known before the end, and the least between two parts: in 1/1000 em. */
const TOTAL_ROOM = 3500;
const GAP = 1500;

/** How much of the total's width a part has to give way to the left, once that is known. */
const SHARE: Record<Side, number> = { left: 0, center: 0.5, right: 1 };

/**
 * Header and footer. Pages are sent before their number is known, so the total is a form that is written last, and the
 * parts that stand further left the wider it gets are drawn in shifted coordinates, whose shift lies in a content
 * stream ahead of every page's own, which is written last too.
 */
export class RunningLines {
  readonly #parts: Part[];
  readonly #canvas = new Canvas();
  readonly #geometry: Geometry;
  readonly #setter: Typesetter;
  readonly #typeface: Typeface;
  readonly #hasTotal: boolean;
  /** Of the page number that {@link #rooms} and {@link #fixed} are for. */
  #digits = 0;
  /** What each part may take, in 1/1000 em. */
  #rooms: readonly number[] = [];
  /** The parts that say no page number, as they were set. */
  readonly #fixed = new Map<Part, readonly Line[]>();

  constructor(
    { header, footer }: RunningTexts,
    geometry: Geometry,
    text: { setter: Typesetter; typeface: Typeface; rightToLeft: boolean },
  ) {
    this.#geometry = geometry;
    this.#setter = text.setter;
    this.#typeface = text.typeface;
    this.#parts = [
      ...(header === undefined ? [] : partsOf(header, geometry.header, text.rightToLeft)),
      ...partsOf(footer, geometry.footer, text.rightToLeft),
    ];
    this.#hasTotal = this.#parts.some(({ pieces }) => pieces.length > 1);
  }

  get hasTotal(): boolean {
    return this.#hasTotal;
  }

  /** Sets all texts once, so that a library is asked for now and not at the end of a page. @throws `LibraryNeeded` */
  set(): void {
    this.paint(1, new Bytes(), false);
  }

  /** The stream ahead of every page's: one saved state for each piece of each part, the first one's last. */
  prefix(total: string): string {
    const width = this.#widthOf(total);
    const shifts = this.#parts.flatMap(({ side, pieces }) =>
      pieces.map((_, before) => Math.round(before * width - SHARE[side] * (pieces.length - 1) * width)),
    );
    const steps = shifts.reverse().map((shift, i, all) => `q 1 0 0 1 ${shift - (all[i - 1] ?? 0)} 0 cm\n`);
    return `.1 0 0 .1 0 0 cm\n${steps.join('')}`;
  }

  /** The form `/Total`, in the coordinates of the page. */
  total(total: string): string {
    const canvas = this.#canvas;
    canvas.clear();
    canvas.ink(MUTED);
    canvas.line(this.#setter.line(total, this.#typeface), NOTE_SIZE, 0, 0);
    return `BT\n${Buffer.from(canvas.text.view()).toString('latin1')}ET`;
  }

  /** What stands on page `page`; it closes one saved state of {@link prefix} after each piece. */
  paint(page: number, out: Bytes, tagged: boolean): void {
    const open = tagged ? '/Artifact<</Type/Pagination>>BDC\n' : '';
    const close = `${tagged ? 'EMC\n' : ''}${this.#hasTotal ? 'Q\n' : ''}`;
    const number = String(page);
    if (number.length !== this.#digits) this.#shareRoom(number);
    for (const [i, part] of this.#parts.entries()) {
      const lines = this.#setPieces(part, number, this.#rooms[i] as number);
      let x = this.#start(part.side, sumOf(lines.map(({ width }) => this.#length(width))));
      lines.forEach((line, i) => {
        out.latin1(open);
        this.#paintPiece(line, x, part.baseline, out);
        x += this.#length(line.width);
        if (i < lines.length - 1) out.latin1(`q 1 0 0 1 ${x} ${part.baseline} cm/Total Do Q\n`);
        out.latin1(close);
      });
    }
  }

  /** Digits are of one width: the room of a part is the same for every page whose number has as many. */
  #shareRoom(page: string): void {
    this.#fixed.clear();
    this.#rooms = this.#parts.map((part) => {
      const line = this.#parts.filter(({ baseline }) => baseline === part.baseline);
      return this.#roomOf(part, line, page);
    });
    // Not before: what measures a text may ask for a library first, and is then called again.
    this.#digits = page.length;
  }

  #setPieces(part: Part, page: string, room: number): readonly Line[] {
    const known = this.#fixed.get(part);
    if (known !== undefined) return known;
    let left = room;
    const lines = part.pieces.map((piece) => {
      const set = this.#setter.fitted(piece.replaceAll(PAGE, page), this.#typeface, left);
      left -= set.width;
      return set;
    });
    if (!part.pieces.some((piece) => piece.includes(PAGE))) this.#fixed.set(part, lines);
    return lines;
  }

  /** What the other parts of its line leave to one, in 1/1000 em: each its share, and more where the others need less. */
  #roomOf(part: Part, line: readonly Part[], page: string): number {
    const all = ((this.#geometry.right - this.#geometry.left) / NOTE_SIZE) * 1000;
    const totals = (part.pieces.length - 1) * TOTAL_ROOM;
    const others = line.filter((other) => other !== part);
    if (others.length === 0) return all - totals;
    const taken = (other: Part): number => Math.min(this.#needOf(other, page), all / line.length) + GAP;
    const center = others.find(({ side }) => side === 'center');
    // What stands in the middle leaves each side half of the rest, and is left what the wider side leaves twice.
    if (center !== undefined) return (all - taken(center)) / 2 - totals;
    if (part.side === 'center') return all - 2 * Math.max(...others.map(taken)) - totals;
    return all - taken(others[0] as Part) - totals;
  }

  #needOf({ pieces }: Part, page: string): number {
    const widths = pieces.map((piece) => this.#setter.measure(piece.replaceAll(PAGE, page), this.#typeface));
    return sumOf(widths) + (pieces.length - 1) * TOTAL_ROOM;
  }

  #paintPiece(line: Line, x: number, baseline: number, out: Bytes): void {
    if (line.segments.length === 0) return;
    const canvas = this.#canvas;
    canvas.clear();
    canvas.ink(MUTED);
    canvas.line(line, NOTE_SIZE, x, baseline);
    out.latin1('BT\n');
    out.bytes(canvas.text.view());
    out.latin1('ET\n');
  }

  #start(side: Side, width: number): number {
    const { left, right } = this.#geometry;
    return Math.round(left + SHARE[side] * (right - left - width));
  }

  #length(width: number): number {
    return Math.round((width * NOTE_SIZE) / 1000);
  }

  #widthOf(total: string): number {
    return this.#length(this.#setter.measure(total, this.#typeface));
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function partsOf({ start, center, end }: RunningLine, baseline: number, rightToLeft: boolean): Part[] {
  const [first, last]: [Side, Side] = rightToLeft ? ['right', 'left'] : ['left', 'right'];
  const sides: [Side, readonly RunningPiece[]][] = [
    [first, start],
    ['center', center],
    [last, end],
  ];
  return sides.map(([side, line]) => ({ side, baseline, pieces: betweenTotals(line) })).filter(isFilled);
}

function isFilled({ pieces }: Part): boolean {
  return pieces.length > 1 || pieces.join('').trim() !== '';
}

/** The texts before, between and after the number of pages. */
function betweenTotals(line: readonly RunningPiece[]): string[] {
  const pieces = [''];
  for (const piece of line) {
    if (piece === 'pages') pieces.push('');
    else pieces[pieces.length - 1] += piece === 'page' ? PAGE : piece.text;
  }
  return pieces;
}
