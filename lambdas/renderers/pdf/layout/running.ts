import { Bytes } from '../bytes.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import { Canvas } from './canvas.ts';
import type { Geometry } from './geometry.ts';
import { MUTED, NOTE_SIZE } from './theme.ts';

/** Where nothing else is asked for: the title where reading starts, the page's number at the other side. */
export const DEFAULT_FOOTER = '{title}\t\t{page} / {pages}';

type Side = 'left' | 'center' | 'right';

/** A text at one place of the header or footer; `{pages}` splits it, since the total is not known until the end. */
interface Part {
  readonly side: Side;
  readonly baseline: number;
  /** Pieces between the totals. */
  readonly pieces: readonly string[];
}

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

  /** Tabs part a line into start, center and end; without tabs it is centered. */
  constructor(
    lines: { header?: string | undefined; footer?: string | undefined },
    values: { title: string; date: string },
    geometry: Geometry,
    text: { setter: Typesetter; typeface: Typeface; rightToLeft: boolean },
  ) {
    this.#geometry = geometry;
    this.#setter = text.setter;
    this.#typeface = text.typeface;
    const fill = (template: string): string =>
      template.replace(/\{(title|date)\}/g, (_, key: 'title' | 'date') => values[key]).replace(/[\r\n]+/g, ' ');
    this.#parts = [
      ...partsOf(fill(lines.header ?? ''), geometry.header, text.rightToLeft),
      ...partsOf(fill(lines.footer ?? DEFAULT_FOOTER), geometry.footer, text.rightToLeft),
    ];
  }

  get hasTotal(): boolean {
    return this.#parts.some(({ pieces }) => pieces.length > 1);
  }

  /** Sets all texts once, so that a library is asked for now and not at the end of a page. @throws `LibraryNeeded` */
  set(): void {
    this.paint(1, new Bytes(), false);
  }

  /** The stream ahead of every page's: one saved state for each part, the first part's last. */
  prefix(total: string): string {
    const width = this.#widthOf(total);
    const shifts = this.#parts.map((part) => -Math.round(SHARE[part.side] * (part.pieces.length - 1) * width));
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

  /** What stands on page `page`; it closes one saved state of {@link prefix} after each part. */
  paint(page: number, out: Bytes, tagged: boolean): void {
    for (const part of this.#parts) {
      if (tagged) out.latin1('/Artifact<</Type/Pagination>>BDC\n');
      this.#paintPart(part, String(page), out);
      if (tagged) out.latin1('EMC\n');
      if (this.hasTotal) out.latin1('Q\n');
    }
  }

  #paintPart(part: Part, page: string, out: Bytes): void {
    const canvas = this.#canvas;
    canvas.clear();
    canvas.ink(MUTED);
    const room = ((this.#geometry.right - this.#geometry.left) / NOTE_SIZE) * 1000;
    const lines = part.pieces.map((piece) =>
      this.#setter.fitted(piece.replaceAll('{page}', page), this.#typeface, room),
    );
    const width = lines.reduce((sum, line) => sum + this.#length(line.width), 0);
    let x = this.#start(part.side, width);
    const totals: number[] = [];
    lines.forEach((line, i) => {
      if (i > 0) totals.push(x);
      canvas.line(line, NOTE_SIZE, x, part.baseline);
      x += this.#length(line.width);
    });
    out.latin1('BT\n');
    out.bytes(canvas.text.view());
    out.latin1('ET\n');
    for (const at of totals) out.latin1(`q 1 0 0 1 ${at} ${part.baseline} cm/Total Do Q\n`);
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

function partsOf(line: string, baseline: number, rightToLeft: boolean): Part[] {
  const texts = line.split('\t');
  const [start, end]: Side[] = rightToLeft ? ['right', 'left'] : ['left', 'right'];
  const sides: (Side | undefined)[] = texts.length === 1 ? ['center'] : [start, 'center', end];
  return sides.flatMap((side, i) => {
    const text = (texts[i] ?? '').trim();
    return text === '' || side === undefined ? [] : [{ side, baseline, pieces: text.split('{pages}') }];
  });
}
