import { cleanText } from '../values/text.ts';

/** In UTF-16 units, as Excel counts. */
const MAX_LENGTH = 31;
const FORBIDDEN = /[\\/?*[\]:\n\t]/g;
/** Excel keeps this name for itself. */
const RESERVED = 'history';

/** Gives every sheet a name that Excel takes: legal, not empty, not longer than 31, unique whatever the case. */
export class SheetNames {
  readonly #taken = new Set<string>([RESERVED]);

  /** A free legal name, as near to the wished one as can be. */
  claim(wished: string, fallback: string): string {
    const legal = legalName(wished) || legalName(fallback) || 'Sheet';
    return this.#numbered(legal, 2, legal);
  }

  /** The name of sheet number `part` (2, 3, …) of a table that does not fit one sheet: `Name (2)`. */
  overflow(name: string, part: number): string {
    return this.#numbered(name, part, withSuffix(name, part));
  }

  #numbered(base: string, number: number, candidate: string): string {
    const key = candidate.toLowerCase();
    if (this.#taken.has(key)) return this.#numbered(base, number + 1, withSuffix(base, number));
    this.#taken.add(key);
    return candidate;
  }
}

function legalName(wished: string): string {
  return trimEdges(cut(trimEdges(cleanText(wished).replace(FORBIDDEN, ' ')), MAX_LENGTH));
}

/** Spaces at the edges are lost on the way through some readers, and Excel refuses an apostrophe there. */
function trimEdges(name: string): string {
  return name.replace(/^[\s']+|[\s']+$/g, '');
}

function withSuffix(base: string, number: number): string {
  const suffix = ` (${number})`;
  return cut(base, MAX_LENGTH - suffix.length).trimEnd() + suffix;
}

/** Cuts without leaving half of a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const splits = /[\ud800-\udbff]/.test(text.charAt(length - 1));
  return text.slice(0, splits ? length - 1 : length);
}
