/** The gate behind `npm run check:imports`: prints what is wrong and fails, or tells how much it has looked at. */
import { join } from 'node:path';
import { cruiseTree } from './cruise.ts';
import { environmentReaders } from './environment-readers.ts';

const root = join(import.meta.dirname, '../..');
const { seen, unseen, violations } = await cruiseTree(root);
const complaints = [
  ...unseen.map((file) => `${file}: not looked at by dependency-cruiser, so no rule holds for it`),
  ...violations.map(({ rule, from, to }) => `${from} → ${to}: ${rule} (.dependency-cruiser.cjs)`),
  ...environmentReaders(root).map((file) => `${file}: reads the environment; lambdas/runtime/env.ts alone may`),
];

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exit(1);
console.log(`imports: ${seen} files, no violation`);
