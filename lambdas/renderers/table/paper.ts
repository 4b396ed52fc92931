import type { Layout } from '../../domain/request.ts';

export type Paper = NonNullable<Layout['page']>;
export type Orientation = NonNullable<Layout['orientation']>;

/** The countries that print on Letter (Unicode CLDR, "US" paper size). */
const LETTER = new Set(['US', 'CA', 'MX', 'CL', 'CO', 'CR', 'GT', 'PA', 'PH', 'PR', 'SV', 'VE', 'BZ', 'NI']);

/** The paper that was asked for, or that the locale's country prints on. @param locale BCP 47 */
export function paperOf({ page }: Layout, locale: string): Paper {
  return page ?? (LETTER.has(new Intl.Locale(locale).maximize().region ?? '') ? 'Letter' : 'A4');
}

/** Wider tables are easier to read across the page. */
const LANDSCAPE_FROM_COLUMNS = 7;

/** @param columns of the widest table on the paper */
export function orientationOf({ orientation }: Layout, columns: number): Orientation {
  return orientation ?? (columns >= LANDSCAPE_FROM_COLUMNS ? 'landscape' : 'portrait');
}
