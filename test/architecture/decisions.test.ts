import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../docs/decisions');
const records = readdirSync(FOLDER)
  .filter((name) => name !== 'README.md')
  .sort();
const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');

it('the decision records are numbered without gaps', () => {
  expect(records.length).toBeGreaterThan(40);
  expect(records.map((name) => name.slice(0, 5))).toEqual(records.map((_, i) => `${String(i + 1).padStart(4, '0')}-`));
});

it.each(records)('%s has its number in its heading, and a place in the index', (name) => {
  const [heading = ''] = readFileSync(join(FOLDER, name), 'utf8').split('\n');
  expect(heading).toMatch(new RegExp(`^# ${name.slice(0, 4)} \\S`));
  expect(index).toContain(`[${name.slice(0, 4)}](${name})`);
});
