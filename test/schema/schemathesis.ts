import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { ROOT, STATE } from '../../local/paths.ts';
import { ensurePython } from '../../local/python.ts';

const FOLDER = `${ROOT}/test/schema`;

export interface Outcome {
  /** Whether no check found anything. */
  readonly passed: boolean;
  /** All that was printed. */
  readonly text: string;
}

/**
 * Runs Schemathesis against an API, by the description that this API serves.
 *
 * @param api - the address, without a trailing slash
 * @param options - of `st run`
 * @param print - given what is printed as it is printed
 * @throws SetupError without Python ≥ 3.11 or the package registry
 */
export async function runSchemathesis(
  api: string,
  options: readonly string[],
  print: (text: string) => void = () => {},
): Promise<Outcome> {
  const python = await ensurePython('schema', `${FOLDER}/requirements.txt`);
  const folder = `${STATE}/schemathesis`;
  mkdirSync(folder, { recursive: true });
  const config = ['--config-file', `${FOLDER}/schemathesis.toml`, '--no-color'];
  const run = ['-m', 'schemathesis.cli', ...config, 'run', `${api}/openapi.json`, '--url', api, ...options];
  const child = spawn(python, run, { cwd: folder, env: { ...process.env, PYTHONPATH: FOLDER, COLUMNS: '120' } });
  const told: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      told.push(text);
      print(text);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { passed: code === 0, text: told.join('') };
}
