import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import type { Pages } from './pages.ts';

/** What painting a table takes besides the table. */
export interface TableContext {
  readonly pages: Pages;
  readonly setter: Typesetter;
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly locale: string;
  readonly rightToLeft: boolean;
  readonly banding: boolean;
  /** A column's key. */
  readonly groupBy: string | undefined;
  /** Whether running totals are written where a page ends. */
  readonly carryTotals: boolean;
}
