import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Point } from './model.ts';
import type { Weight } from './text.ts';

/** The colours: AWS's own by kind of service on the icons, and a quiet palette around them. */
export const INK = '#16202c';
export const GREY = '#566273';
export const LINE = '#475569';
export const PALE = '#cbd5e1';

const FOLDER = import.meta.dirname;
const font = (weight: Weight): string => readFileSync(join(FOLDER, `font/noto-${weight}.woff2`)).toString('base64');

const face = (weight: Weight, value: number): string =>
  `@font-face{font-family:QuireSans;font-weight:${value};src:url(data:font/woff2;base64,${font(weight)})}`;

/** A whole file around what was drawn; it carries its font, so that it looks the same everywhere. */
export function svg(title: string, [width, height]: Point, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<title>${escapeXml(title)}</title>
<style>${face('400Regular', 400)}${face('600SemiBold', 600)}text{font-family:QuireSans,"Noto Sans",Arial,sans-serif}</style>
<defs>
<marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 1L9 5L0 9z" fill="${LINE}"/></marker>
</defs>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${body}
</svg>
`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] as string);
}

export interface Type {
  readonly size: number;
  readonly bold?: boolean;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** One line; `y` is its baseline. */
export function line(text: string, [x, y]: Point, { size, bold, fill = INK, anchor = 'start' }: Type): string {
  const weight = bold ? ' font-weight="600"' : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${weight} fill="${fill}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

export interface Look {
  readonly fill: string;
  readonly stroke: string;
  readonly radius?: number;
  readonly dash?: string;
  readonly width?: number;
}

export function box([x, y]: Point, [width, height]: Point, look: Look): string {
  const dash = look.dash ? ` stroke-dasharray="${look.dash}"` : '';
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${look.radius ?? 8}" fill="${look.fill}" stroke="${look.stroke}" stroke-width="${look.width ?? 1}"${dash}/>`;
}

const icons = new Map<string, string>();

/** An icon of AWS's set, scaled into a square. */
export function icon(kind: string, [x, y]: Point, size: number): string {
  return `<svg x="${round(x)}" y="${round(y)}" width="${size}" height="${size}" viewBox="${viewBox(kind)}">${shapes(kind)}</svg>`;
}

function source(kind: string): string {
  const known = icons.get(kind);
  if (known !== undefined) return known;
  const read = readFileSync(join(FOLDER, `icons/${kind}.svg`), 'utf8');
  icons.set(kind, read);
  return read;
}

const viewBox = (kind: string): string => /viewBox="([^"]*)"/.exec(source(kind))?.[1] ?? '0 0 64 64';
const shapes = (kind: string): string =>
  source(kind)
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<title>[\s\S]*?<\/title>/, '')
    .replace(/<\/svg>\s*$/, '');

/** A line with rounded corners and a tip. */
export function path(points: readonly Point[], dashed: boolean): string {
  const dash = dashed ? ' stroke-dasharray="5 4"' : '';
  return `<path d="${rounded(points)}" fill="none" stroke="${LINE}" stroke-width="1.4"${dash} marker-end="url(#tip)"/>`;
}

const RADIUS = 7;

function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  let d = `M${round(first[0])} ${round(first[1])}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    if (next === undefined) d += `L${round(point[0])} ${round(point[1])}`;
    else {
      const before = towards(point, i === 0 ? first : (rest[i - 1] as Point));
      const after = towards(point, next);
      d += `L${round(before[0])} ${round(before[1])}Q${round(point[0])} ${round(point[1])} ${round(after[0])} ${round(after[1])}`;
    }
  });
  return d;
}

function towards([x, y]: Point, [ox, oy]: Point): Point {
  const length = Math.hypot(ox - x, oy - y);
  const step = Math.min(RADIUS, length / 2);
  return length === 0 ? [x, y] : [x + ((ox - x) / length) * step, y + ((oy - y) / length) * step];
}

const round = (value: number): number => Math.round(value * 10) / 10;
