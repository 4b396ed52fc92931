/** `npm run licences`: fails where a package that a function or the stack carries has a licence nobody has looked at. */
import { readFileSync } from 'node:fs';

/** Licences that ask for a notice and no more, and the fonts' own. */
const KNOWN = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
]);

/** Of unzipper, by which exceljs reads; we only write, so no bundle holds them. Both say MIT in their own words. */
const NOT_BUNDLED = new Set(['node_modules/buffers', 'node_modules/chainsaw']);

interface Package {
  readonly license?: string;
  readonly dev?: boolean;
}

const { packages }: { packages: Record<string, Package> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const carried = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
const strangers = carried.filter(([path, { license = 'none' }]) => !NOT_BUNDLED.has(path) && !isKnown(license));

for (const [path, { license = 'none' }] of strangers) console.error(`${path}: ${license}`);
if (strangers.length > 0) process.exit(1);
console.log(`licences: ${carried.length} packages, all known`);

/** `(MIT OR GPL-3.0)`: one that is known is enough. `MIT AND Zlib`: each has to be. */
function isKnown(expression: string): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((name) => KNOWN.has(name.trim())));
}
