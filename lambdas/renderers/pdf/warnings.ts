import type { Warning } from '../renderer.ts';

export type PdfWarningCode = 'GLYPH_MISSING' | 'LOGO_IGNORED' | 'TOTAL_IGNORED' | 'FORMAT_NOT_SHOWN';

/** Collects warnings by code: the first is described, the rest are counted. */
export class PdfWarnings {
  readonly #byCode = new Map<PdfWarningCode, { detail: string; count: number }>();

  add(code: PdfWarningCode, detail: () => string): void {
    const seen = this.#byCode.get(code);
    if (seen === undefined) this.#byCode.set(code, { detail: detail(), count: 1 });
    else seen.count += 1;
  }

  list(): Warning[] {
    return [...this.#byCode].map(([code, { detail, count }]) => ({ code, detail, count }));
  }
}
