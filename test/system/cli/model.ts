/** `npm run model -- --seed 1 [--runs 10000]`, and with `--path` and `--commands`, as a failure prints them, one run again. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { checkModel } from '../model/run.ts';

const options = {
  seed: { type: 'string' },
  runs: { type: 'string', default: '10000' },
  path: { type: 'string' },
  commands: { type: 'string' },
} as const;
const { seed, runs, path, commands } = parseArgs({ options }).values;
const chosen = seed === undefined ? randomInt(2 ** 31) : Number(seed);
const wrong = await checkModel({ seed: chosen, runs: Number(runs), path, commands });
console.log(wrong ?? `seed ${chosen}: no counterexample in ${runs} runs`);
process.exitCode = wrong === undefined ? 0 : 1;
