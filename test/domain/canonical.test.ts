import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, requestHash } from '../../lambdas/domain/canonical.ts';

/** The same JSON, its keys written in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([key, member]) => [key, reversed(member)]));
}

describe('the canonical request', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(requestHash(reversed(json))).toBe(requestHash(json));
      }),
    );
  });

  it('is JSON that means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
        expect(JSON.parse(canonicalJson(json))).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });

  it('is written without blanks, its keys in the order of their characters', () => {
    const json = { b: [1, 'x', null], a: { Z: true, z: 0.5 }, B: {} };
    expect(canonicalJson(json)).toBe('{"B":{},"a":{"Z":true,"z":0.5},"b":[1,"x",null]}');
  });

  it('keeps the order of a list, and tells numbers from their text', () => {
    const hashes = [[1, 2], [2, 1], ['1', 2], { 0: 1, 1: 2 }, [[1], 2]].map(requestHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
