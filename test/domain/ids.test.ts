import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJobId, keyedJobId, randomJobId } from '../../lambdas/domain/ids.ts';

describe('a job id', () => {
  it('is the same for the same tenant and key, and legible as an id', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (tenant, key) => {
        const id = keyedJobId(tenant, key);
        expect(id).toBe(keyedJobId(tenant, key));
        expect(isJobId(id)).toBe(true);
      }),
    );
  });

  it('is the first 130 bits of the hash, in base 32', () => {
    const digest = createHash('sha256').update('6:tenant:key').digest('hex');
    const bits = BigInt(`0x${digest}`).toString(2).padStart(256, '0').slice(0, 130);
    const letters = bits.match(/.{5}/g)?.map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)]);
    expect(keyedJobId('tenant', 'key')).toBe(letters?.join(''));
  });

  it('differs when tenant and key are cut elsewhere', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2 }), fc.nat(), fc.nat(), (text, a, b) => {
        const [i, j] = [a % text.length, b % text.length];
        fc.pre(i !== j);
        expect(keyedJobId(text.slice(0, i), text.slice(i))).not.toBe(keyedJobId(text.slice(0, j), text.slice(j)));
      }),
    );
  });

  it('differs between tenants of names as long', () => {
    expect(keyedJobId('ab', 'key')).not.toBe(keyedJobId('cd', 'key'));
  });

  it('spreads over all 26 letters and digits of its alphabet', () => {
    const seen = new Set(Array.from({ length: 500 }, (_, i) => keyedJobId('t', String(i))).join(''));
    expect([...seen].sort().join('')).toBe('234567abcdefghijklmnopqrstuvwxyz');
  });

  it('without a key is a UUIDv7 that sorts by time', () => {
    const early = randomJobId(1_700_000_000_000);
    const late = randomJobId(1_700_000_000_001);
    expect(isJobId(early)).toBe(true);
    expect(early < late).toBe(true);
    expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
  });

  it('without a key is random wherever it tells neither time nor version', () => {
    const ids = Array.from({ length: 200 }, () => randomJobId(0).replaceAll('-', ''));
    for (let place = 13; place < 32; place += 1) {
      const seen = new Set(ids.map((id) => id[place]));
      expect(seen.size, `character ${place}`).toBeGreaterThan(place === 16 ? 2 : 8);
    }
  });

  it('is not any other text', () => {
    const id = randomJobId(0);
    for (const text of [
      `x${id}`,
      `${id}x`,
      `${keyedJobId('t', 'k')}a`,
      '',
      '../etc/passwd',
      'A'.repeat(26),
      'a'.repeat(25),
      'a'.repeat(10_000),
      '%00',
      'constructor',
    ]) {
      expect(isJobId(text), text).toBe(false);
    }
  });
});
