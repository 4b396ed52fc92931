import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { limitsPage } from '../../../local/docs/limits.ts';

it('the page of limits says what the source says', () => {
  expect(readFileSync('docs/limits.md', 'utf8')).toBe(limitsPage());
});
