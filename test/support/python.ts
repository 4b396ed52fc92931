import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../../local/paths.ts';
import { ensurePython } from '../../local/python.ts';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

let python: Promise<string> | undefined;

/** The Python that has the readers of `requirements.txt`; installed once, in `.local/`. */
export function readersPython(): Promise<string> {
  python ??= ensurePython('tests', `${ROOT}/test/support/requirements.txt`);
  return python;
}

/**
 * Runs a script with the readers.
 *
 * @param script - Python source, or the path of a `.py` file
 * @returns what it printed, parsed as JSON
 */
export async function runReader<T>(script: string, ...args: string[]): Promise<T> {
  const how = script.endsWith('.py') ? [script] : ['-c', script];
  const { stdout } = await run(await readersPython(), [...how, ...args], { maxBuffer: MAX_OUTPUT_BYTES });
  return JSON.parse(stdout);
}
