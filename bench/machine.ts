import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { z } from 'zod';

/** Where and with what a table was measured, to stand beside it. */
export const machineSchema = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryGiB: z.number().optional(),
  system: z.string(),
  /** Versions by tool: `node`, and of the languages of the peers those that are there. */
  tools: z.record(z.string(), z.string()),
});
export type Machine = z.infer<typeof machineSchema>;

const TOOLS: readonly (readonly [tool: string, ...command: string[]])[] = [
  ['rustc', 'rustc', '--version'],
  ['go', 'go', 'version'],
  ['python', 'python3', '--version'],
  ['java', 'java', '--version'],
  ['cc', 'cc', '--version'],
];

export function thisMachine(): Machine {
  const tools: Record<string, string> = { node: process.version.replace('v', '') };
  for (const [tool, program = '', ...args] of TOOLS) {
    const version = versionIn(program, args);
    if (version !== undefined) tools[tool] = version;
  }
  return {
    cpu: cpus()[0]?.model.replaceAll(/\s+/g, ' ').trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    tools,
  };
}

/** The first number with a point in what a program says of itself. */
function versionIn(program: string, args: readonly string[]): string | undefined {
  try {
    const output = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return /\d+\.\d+(?:\.\d+)?/.exec(output)?.[0];
  } catch {
    return undefined; // it is not installed
  }
}
