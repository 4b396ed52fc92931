import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { withLibraries } from '../../../../../lambdas/renderers/pdf/late-library.ts';
import { directionsOf, inVisualOrder, levelsOfLine } from '../../../../../lambdas/renderers/pdf/text/bidi/levels.ts';

/** Unicode's own conformance test (https://www.unicode.org/Public/15.0.0/ucd/BidiCharacterTest.txt), compressed. */
const CONFORMANCE = join(import.meta.dirname, 'BidiCharacterTest-15.0.0.txt.br');

beforeAll(() => withLibraries(() => void directionsOf('a', 0)));

describe('the bidirectional algorithm', () => {
  it('passes every case of the conformance test of Unicode 15', () => {
    const lines = brotliDecompressSync(readFileSync(CONFORMANCE)).toString('utf8').split('\n');
    const cases = lines.filter((line) => line !== '' && !line.startsWith('#'));
    const failed = cases.filter((line) => resolved(line) !== line.split(';').slice(2).join(';'));
    expect(failed).toEqual([]);
    expect(cases).toHaveLength(91_707);
  });

  it('gives both halves of a surrogate pair one level', () => {
    expect([...directionsOf('a \u{1e900}\u{1e901}', 0).levels]).toEqual([0, 0, 1, 1, 1, 1]);
  });

  it('takes the direction of the first letter, and without a letter the one of the report', () => {
    expect(directionsOf('12 (א)', 0).base).toBe(1);
    expect(directionsOf('12 a א', 1).base).toBe(0);
    expect(directionsOf('١٢ - ١٣', 0).base).toBe(0);
    expect(directionsOf('١٢ - ١٣', 1).base).toBe(1);
  });

  it('puts a million runs in order without running out of stack', () => {
    const runs = Array.from({ length: 1_000_000 }, (_, i) => ({ level: 1 + (i % 2), i }));
    const order = inVisualOrder(runs);
    expect([order[0]?.i, order.at(-1)?.i]).toEqual([999_999, 0]);
  });
});

/** Columns 3 to 5 of a case, as they should be. */
function resolved(line: string): string {
  const [codes = '', direction, , wanted = ''] = line.split(';');
  const characters = codes.split(' ').map((code) => String.fromCodePoint(Number.parseInt(code, 16)));
  const text = characters.join('');
  const directions = directionsOf(text, 0, direction === '2' ? undefined : direction === '1' ? 1 : 0);
  const levels = levelsOfLine(directions, 0, text.length);
  const removed = wanted.split(' ').map((level) => level === 'x');
  let at = 0;
  const kept = characters.map((character, i) => {
    at += character.length;
    return { i, level: levels[at - character.length] as number, removed: removed[i] };
  });
  const order = inVisualOrder(kept.filter((one) => !one.removed)).map(({ i }) => i);
  return [directions.base, kept.map((one) => (one.removed ? 'x' : one.level)).join(' '), order.join(' ')].join(';');
}
