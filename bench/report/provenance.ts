import type { Machine } from '../machine.ts';
import type { Results } from '../results.ts';

/** Where, when and with which versions a table was measured, and who could not take part. */
export function provenance({ machine, from, to, contestants, leftOut }: Omit<Results, 'measurements'>): string {
  const versions = contestants.filter(({ version }) => version !== 'this version').map(({ version }) => version);
  const parts = [
    `Measured ${dates(from, to)} on ${machineText(machine)}.`,
    `Versions: ${[...new Set(versions)].join(', ')}.`,
    ...leftOut.map(({ name, reason }) => `Not measured: ${name} (${reason}).`),
  ];
  return parts.join(' ');
}

export function machineText({ cpu, cores, memoryGiB, system, tools }: Machine): string {
  const versions = Object.entries(tools).map(([tool, version]) => `${tool} ${version}`);
  const memory = memoryGiB === undefined ? [] : [`${memoryGiB} GiB`];
  return `${[cpu, `${cores} cores`, ...memory, system].join(', ')}; ${versions.join(', ')}`;
}

function dates(from: string, to: string): string {
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}
