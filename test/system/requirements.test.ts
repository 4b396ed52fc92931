import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Where each case of docs/reliability.md is tested: here in the simulator, on the emulator, or in both. */
const CASES = {
  R1: ['system', 'emulator'],
  R2: ['system', 'emulator'],
  R3: ['emulator'],
  R4: ['system'],
  R5: ['system'],
  R6: ['system', 'emulator'],
  R7: ['emulator'],
  R8: ['system'],
  R9: ['system'],
  R10: ['system'],
  R11: ['emulator'],
  R12: ['system'],
  R13: ['system'],
  R14: ['system', 'emulator'],
  R15: ['system', 'emulator'],
  R16: ['system'],
  R17: ['system'],
  R18: ['system'],
  R19: ['system', 'emulator'],
  R20: ['system'],
  R21: ['system', 'emulator'],
  R22: ['emulator'],
  R23: ['system'],
} as const;

/** The numbers that stand before a colon in the titles of the tests in a folder. */
function titled(folder: string): Set<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(/['"`](R\d+): /g)].map(([, id = '']) => id)));
}

const found = { system: titled('test/system'), emulator: titled('test/emulator') };

it.each(Object.entries(CASES))('%s has a test of its name in %j', (id, places) => {
  for (const place of places) expect(found[place], `test/${place}`).toContain(id);
});

it('no test bears the number of a case that is not listed', () => {
  for (const id of [...found.system, ...found.emulator]) expect(Object.keys(CASES)).toContain(id);
});
