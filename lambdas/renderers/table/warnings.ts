import type { Warning } from '../../domain/rendering.ts';

/** What may have to be changed to make a valid file. The codes are part of the API. */
export type WarningCode =
  | 'CELL_CUT'
  | 'CHARACTERS_DROPPED'
  | 'VALUE_KEPT_AS_TEXT'
  | 'LINK_KEPT_AS_TEXT'
  | 'LINKS_OVER_LIMIT'
  | 'TABLE_IGNORED'
  | 'SHEET_RENAMED'
  | 'SHEET_CONTINUED'
  | 'FORMAT_IGNORED'
  | 'TOTAL_IGNORED'
  | 'TOTAL_INCOMPLETE'
  | 'TOTAL_TOO_LARGE'
  | 'TOTAL_WITHOUT_FORMULA'
  | 'CARRY_IGNORED'
  | 'HEADER_CUT'
  | 'LOGO_IGNORED'
  | 'LOGO_NOT_TURNED'
  | 'GLYPH_MISSING'
  | 'TABLE_IN_PANELS';

/** Collects warnings by code: the first is described, the rest are counted. */
export class Warnings {
  readonly #byCode = new Map<WarningCode, { detail: string; count: number }>();

  /** @param detail says what and where, never a cell's content */
  add(code: WarningCode, detail: () => string): void {
    const seen = this.#byCode.get(code);
    if (seen !== undefined) seen.count += 1;
    else this.#byCode.set(code, { detail: detail(), count: 1 });
  }

  list(): Warning[] {
    return [...this.#byCode].map(([code, { detail, count }]) => ({ code, detail, count }));
  }
}
