import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfError } from '../../lambdas/runtime/json-place.ts';

const messageOf = (text: string): string | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the place at which a text stops being JSON', () => {
  it.each([
    ['[1,\n 2,\n x]', 'line 3, column 2'],
    ['{"a" 1}', 'line 1, column 6'],
    ['["\t"]', 'line 1, column 3'],
    ['["\\x"]', 'line 1, column 3'],
    ['[01]', 'line 1, column 3'],
    ['[1] 2', 'line 1, column 5'],
    ['[{]', 'line 1, column 3'],
    ['[1}', 'line 1, column 3'],
    ['["ab', 'line 1, column 5'],
    ['[-]', 'line 1, column 2'],
    ['[nul]', 'line 1, column 2'],
  ])('of %j is %s', (text, place) => expect(placeOfError(text)).toBe(place));

  it('is where V8 says, in all of its messages that name one', () => {
    const spoiled = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', ']', '}', '"', 'x', '1', ':', '{', '[', '\\'),
    );
    fc.assert(
      fc.property(spoiled, ([json, where, character]) => {
        const at = where % (json.length + 1);
        const text = json.slice(0, at) + character + json.slice(at + 1);
        const named = /^(?:Expected|Unexpected non-whitespace).*at position (\d+)/.exec(messageOf(text) ?? '')?.[1];
        fc.pre(named !== undefined);
        expect(placeOfError(text)).toBe(`line 1, column ${Number(named) + 1}`);
      }),
    );
  });

  it('of what is nested a million deep is found without a stack', () => {
    expect(placeOfError('['.repeat(1_000_000))).toBe('line 1, column 1000001');
  });
});
