import { cleanText } from '../values/text.ts';
import { cutText } from './cell-text.ts';

/** In UTF-16 units, as Excel counts. */
const MAX_LENGTH = 31;
const FORBIDDEN = /[\\/?*[\]:\n\t\u2028\u2029]/g;
/** exceljs leaves it out, after which a name may be empty or stand there twice. */
const DELETE = /\u007f/g;
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
    const key = foldName(candidate);
    if (this.#taken.has(key)) return this.#numbered(base, number + 1, withSuffix(base, number));
    this.#taken.add(key);
    return candidate;
  }
}

function legalName(wished: string): string {
  return trimEdges(cutText(trimEdges(cleanText(wished).replace(DELETE, '').replace(FORBIDDEN, ' ')), MAX_LENGTH));
}

/** Spaces at the edges are lost on the way through some readers, and Excel refuses an apostrophe there. */
function trimEdges(name: string): string {
  return name.replace(/^[\s']+|[\s']+$/g, '');
}

function withSuffix(base: string, number: number): string {
  const suffix = ` (${number})`;
  return cutText(base, MAX_LENGTH - suffix.length).trimEnd() + suffix;
}

/** Names that only differ in case, width or composition are the same to some program that reads the file. */
function foldName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase();
}
