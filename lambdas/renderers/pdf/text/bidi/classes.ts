import { LateLibrary } from '../../late-library.ts';

/** Bidirectional classes (UAX #9, table 4) as bits, so that membership of several is one test. */
export const L = 1;
export const R = 1 << 1;
export const AL = 1 << 2;
export const EN = 1 << 3;
export const ES = 1 << 4;
export const ET = 1 << 5;
export const AN = 1 << 6;
export const CS = 1 << 7;
export const NSM = 1 << 8;
export const BN = 1 << 9;
export const B = 1 << 10;
export const S = 1 << 11;
export const WS = 1 << 12;
export const ON = 1 << 13;
export const LRE = 1 << 14;
export const RLE = 1 << 15;
export const LRO = 1 << 16;
export const RLO = 1 << 17;
export const PDF = 1 << 18;
export const LRI = 1 << 19;
export const RLI = 1 << 20;
export const FSI = 1 << 21;
export const PDI = 1 << 22;

const BITS = { L, R, AL, EN, ES, ET, AN, CS, NSM, BN, B, S, WS, ON, LRE, RLE, LRO, RLO, PDF, LRI, RLI, FSI, PDI };

export const INITIATORS = LRI | RLI | FSI;
/** What rule X9 takes out. */
export const REMOVED = LRE | RLE | LRO | RLO | PDF | BN;
/** "NI" of the rules: neutrals and isolate formatting characters. */
export const NEUTRALS = B | S | WS | ON | INITIATORS | PDI;

/** The Unicode data of bidi-js: classes and bracket pairs. The rules are our own, since its take quadratic time. */
const library = new LateLibrary(async () => (await import('bidi-js')).default());

const known = new Uint32Array(65_536);

/** Brackets that the rules pair, by what a reader would call the same: U+2329 is the canonical form of U+3008. */
export interface Brackets {
  /** The canonical closing bracket for an opening one. */
  closing(character: string): string | undefined;
  /** The canonical form, of a closing bracket alone. */
  asClosing(character: string): string | undefined;
}

/** @throws `LibraryNeeded` */
export function brackets(): Brackets {
  const bidi = library.get();
  const canonical = (character: string): string => bidi.getCanonicalBracket(character) ?? character;
  return {
    closing(character) {
      const closing = bidi.openingToClosingBracket(character);
      return closing === null ? undefined : canonical(closing);
    },
    asClosing: (character) => (bidi.closingToOpeningBracket(character) === null ? undefined : canonical(character)),
  };
}

/** The class of each UTF-16 unit; the second unit of a pair is `BN`, which goes where the first goes. @throws `LibraryNeeded` */
export function classesOf(text: string): Uint32Array {
  const bidi = library.get();
  const classes = new Uint32Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const codePoint = text.codePointAt(i) as number;
    let bit = codePoint < 65_536 ? (known[codePoint] as number) : 0;
    if (bit === 0) {
      bit = BITS[bidi.getBidiCharTypeName(String.fromCodePoint(codePoint))];
      if (codePoint < 65_536) known[codePoint] = bit;
    }
    classes[i] = bit;
    if (codePoint > 0xffff) {
      i += 1;
      classes[i] = BN;
    }
  }
  return classes;
}
