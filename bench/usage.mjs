import { readFileSync } from 'node:fs';

/** Writes the file once, or as often as `runs` says, each run timed, and prints what that used. */
export async function compete(write, runs = 0) {
  if (runs === 0) await write();
  const milliseconds = [];
  for (let i = 0; i < runs; i += 1) {
    const started = performance.now();
    await write();
    milliseconds.push(performance.now() - started);
  }
  printUsage(milliseconds);
}

/** What the process used so far, in the form that the harness reads. */
export function printUsage(milliseconds = []) {
  const { user, system } = process.cpuUsage();
  const peakRssMiB = peakKiB() / 1024;
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakRssMiB, milliseconds }));
}

/** Of this program alone, where Linux tells: `maxRSS` counts the process that started it too. */
function peakKiB() {
  const told = process.platform === 'linux' ? /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) : null;
  return told === null ? process.resourceUsage().maxRSS : Number(told[1]);
}
