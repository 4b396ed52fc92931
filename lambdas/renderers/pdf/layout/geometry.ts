import type { Layout } from '../../../domain/request.ts';
import { orientationOf, paperOf } from '../../table/paper.ts';
import { MM, PAGE_SIZES, TENTHS } from './theme.ts';

/** Where things stand on every page, in tenths of a point from the lower left corner. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** The body's upper edge. */
  readonly top: number;
  /** The body's lower edge. */
  readonly bottom: number;
  /** Baselines of header and footer. */
  readonly header: number;
  readonly footer: number;
}

/** The body keeps at least this much of the page, whatever margins were asked for. */
const LEAST_BODY = 100 * TENTHS;
/** From a running line's baseline to the body. */
const RUNNING_GAP = 14 * TENTHS;
const EDGE = 14 * TENTHS;

/** @param columns of the widest table */
export function geometryOf(layout: Layout, locale: string, columns: number): Geometry {
  const [short, long] = PAGE_SIZES[paperOf(layout, locale)];
  const [width, height] = (orientationOf(layout, columns) === 'landscape' ? [long, short] : [short, long]).map(
    (points) => Math.round(points * TENTHS),
  ) as [number, number];
  const margins = { top: 18, right: 15, bottom: 18, left: 15, ...defined(layout.margins ?? {}) };
  const [left, right] = span(margins.left * MM, width - margins.right * MM, width);
  const header = (layout.header ?? '').trim() !== '';
  const footer = (layout.footer ?? ' . ').trim() !== '';
  const topMargin = Math.max(margins.top * MM, header ? EDGE + RUNNING_GAP : 0);
  const bottomMargin = Math.max(margins.bottom * MM, footer ? EDGE + RUNNING_GAP : 0);
  const [bottom, top] = span(bottomMargin, height - topMargin, height);
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    header: Math.round(Math.max(top + RUNNING_GAP, height - topMargin / 2)),
    footer: Math.round(Math.min(bottom - RUNNING_GAP, bottomMargin / 2)),
  };
}

function span(low: number, high: number, full: number): [number, number] {
  if (high - low >= Math.min(LEAST_BODY, full)) return [Math.round(low), Math.round(high)];
  const middle = Math.min(Math.max((low + high) / 2, LEAST_BODY / 2), full - LEAST_BODY / 2);
  return [Math.round(middle - LEAST_BODY / 2), Math.round(middle + LEAST_BODY / 2)];
}

function defined<T extends object>(values: T): Partial<Record<keyof T, number>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<keyof T, number>
  >;
}
