import type { Summary } from '../simulator/summary.ts';

/** The summary, one line a word. */
export function table(summary: Summary): string {
  return Object.entries(summary)
    .map(([name, value]) => `${name.padEnd(12)}${value.toLocaleString('en').padStart(14)}`)
    .join('\n');
}

/** How to see a failing run again. */
export function replay(scenario: string, seed: number): string {
  return `npm run simulate -- --scenario "${scenario}" --seed ${seed} --trace`;
}
