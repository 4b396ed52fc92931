/** `npm run soak -- --minutes 5 [--seed 1]`: every scenario in turn, each time with another seed, until the time is up. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SCENARIOS, type ScenarioName } from '../scenarios.ts';
import { simulate } from '../simulator/simulate.ts';
import { add, type Summary } from '../simulator/summary.ts';
import { replay, table } from './table.ts';

const PROGRESS_MILLISECONDS = 10_000;

const options = { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } } as const;
const { minutes, seed } = parseArgs({ options }).values;
const first = seed === undefined ? randomInt(2 ** 31) : Number(seed);
const names = Object.keys(SCENARIOS) as ScenarioName[];
const began = Date.now();
const end = began + Number(minutes) * 60_000;

console.log(`soaking for ${minutes} minutes in ${names.length} scenarios, seeds from ${first}`);
let total: Summary | undefined;
let schedules = 0;
let failed = 0;
let shown = began;
for (let round = first; Date.now() < end; round += 1) {
  for (const name of names) {
    if (Date.now() >= end) break;
    await one(name, round);
  }
}
console.log(`\nschedules${schedules.toLocaleString('en').padStart(17)}`);
console.log(total === undefined ? '' : table(total));
console.log(`problems${String(failed).padStart(18)}`);
process.exitCode = failed === 0 && schedules > 0 ? 0 : 1;

async function one(name: ScenarioName, round: number): Promise<void> {
  const { problems, summary } = await simulate({ ...SCENARIOS[name], seed: round });
  schedules += 1;
  total = total === undefined ? summary : add(total, summary);
  if (problems.length > 0) {
    failed += 1;
    console.log(`${problems.join('\n')}\n  ${replay(name, round)}`);
  }
  if (Date.now() - shown < PROGRESS_MILLISECONDS) return;
  shown = Date.now();
  const seconds = Math.round((shown - began) / 1000);
  console.log(
    `${seconds} s: ${schedules} schedules, ${total.accepted} accepted, ${total.lost} lost, ${failed} with problems`,
  );
}
