/** `npm run simulate -- --scenario storm --seed 42 [--trace]`: one run again, with what happened in it. */
import { parseArgs } from 'node:util';
import { SCENARIOS } from '../scenarios.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { simulate } from '../simulator/simulate.ts';
import { table } from './table.ts';

const options = {
  scenario: { type: 'string', default: 'storm' },
  seed: { type: 'string', default: '1' },
  trace: { type: 'boolean', default: false },
} as const;
const { scenario: name, seed, trace } = parseArgs({ options }).values;
const scenario = new Map<string, Scenario>(Object.entries(SCENARIOS)).get(name);
if (scenario === undefined) {
  console.error(`There is no scenario "${name}". There are:\n  ${Object.keys(SCENARIOS).join('\n  ')}`);
  process.exit(2);
}
const { world, problems, summary } = await simulate({ ...scenario, seed: Number(seed), trace });
for (const line of world.trace) console.log(line);
console.log(table(summary));
for (const problem of problems) console.log(problem);
console.log(problems.length === 0 ? 'Every invariant holds.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
