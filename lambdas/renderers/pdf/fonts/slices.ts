import { readFont } from './files.ts';
import { indexFile, type SlicedFamily, slicesIn } from './manifest.ts';

const indices = new Map<string, Map<number, string>>();

/** The slice of a family that is to have a character. @returns `undefined` where none is */
export function sliceOf(family: SlicedFamily, codePoint: number): string | undefined {
  let index = indices.get(family.id);
  if (index === undefined) {
    index = readIndex(family);
    indices.set(family.id, index);
  }
  return index.get(codePoint);
}

function readIndex(family: SlicedFamily): Map<number, string> {
  const index = new Map<number, string>();
  const listed: Record<string, string> = JSON.parse(Buffer.from(readFont(indexFile(family))).toString('utf8'));
  for (const [slice, ranges] of slicesIn(family, listed)) {
    for (const range of ranges.split(',')) {
      const [first, last = first] = range.trim().slice(2).split('-') as [string, string?];
      const end = Number.parseInt(last, 16);
      for (let codePoint = Number.parseInt(first, 16); codePoint <= end; codePoint += 1) {
        if (!index.has(codePoint)) index.set(codePoint, slice);
      }
    }
  }
  return index;
}
