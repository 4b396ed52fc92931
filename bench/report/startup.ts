import type { StartUp } from '../startup/index.ts';
import { figure } from './comparison.ts';
import type { Section } from './index.ts';
import { aligned } from './table.ts';

/** How long the functions that answer requests take to be imported, beside the bare SDK clients. */
export function startupSection(results: unknown): Section {
  const startUps = results as StartUp[];
  const lines = startUps.map(({ name, milliseconds, cpuMilliseconds, bytes }) => [
    name,
    figure(milliseconds),
    figure(cpuMilliseconds),
    bytes === undefined ? '–' : (bytes / 1000).toFixed(0),
  ]);
  const note = `The fastest of many fresh processes on Node ${startUps[0]?.node.replace('v', '')}, taken in turns. “SDK clients” are the clients that the function makes at its start and nothing else: what is above them is the service’s own.`;
  const markdown = `${aligned(['', 'import ms', 'CPU ms', 'KB'], lines)}\n\n${note}`;
  return { markdown };
}
