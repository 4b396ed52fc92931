import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { promisify } from 'node:util';
import { STATE } from './paths.ts';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);

/** macOS ships an old `python3`; a newer one stands beside it under its own name. */
const NAMES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const SUPPORTED: PythonRange = { oldest: [3, 10] };
const INSTALL_TIMEOUT_MS = 300_000;

export type PythonVersion = readonly [major: number, minor: number];

export interface PythonRange {
  readonly oldest: PythonVersion;
  /** The newest that will do; any, when absent. */
  readonly newest?: PythonVersion;
}

export interface PythonOptions {
  /** Told when there is something to install, which takes seconds. */
  readonly onInstall?: (() => void) | undefined;
  /** Python ≥ 3.10 when absent. */
  readonly supported?: PythonRange;
  /** Packages that have no wheels and are built from their sources. */
  readonly fromSource?: readonly string[];
}

export interface Interpreter {
  readonly command: string;
  /** "3.11" */
  readonly version: string;
}

/**
 * A private Python environment under `.local/` with exactly the packages of a hash-checked requirements file.
 * The folder's name carries the hash of that file and of the Python version, so that a change of either makes a new one.
 *
 * @param name - what the environment is for; the beginning of the folder's name
 * @param requirements - path of a pip requirements file in which every package has hashes
 * @returns the path of the environment's Python
 * @throws SetupError when a supported Python, its venv module or the package registry is missing
 */
export async function ensurePython(name: string, requirements: string, options: PythonOptions = {}): Promise<string> {
  const interpreter = await findInterpreter(options.supported ?? SUPPORTED);
  const key = createHash('sha256')
    .update(interpreter.version)
    .update(await readFile(requirements));
  const folder = `${STATE}/venv-${name}-${key.digest('hex').slice(0, 12)}`;
  const python = `${folder}/bin/python`;
  if (existsSync(python)) return python;
  options.onInstall?.();
  await requireVenvModule(interpreter);
  await install(interpreter, { requirements, folder, fromSource: options.fromSource ?? [] });
  return python;
}

/** @throws SetupError when there is none within the range */
export async function findInterpreter(range: PythonRange): Promise<Interpreter> {
  const others: string[] = [];
  for (const command of [...NAMES, ...(await pythonsOfPyenv())]) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    if (isWithin(version, range)) return { command, version };
    others.push(`${command} is ${version}`);
  }
  const found = others.length > 0 ? ` (${others.join(', ')})` : '';
  throw new SetupError(
    `Python ${textOf(range)} is needed for the local emulator but was not found${found}: install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python) and try again.`,
  );
}

function isWithin(version: string, { oldest, newest = [Infinity, 0] }: PythonRange): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const compare = (other: PythonVersion) => major - other[0] || minor - other[1];
  return compare(oldest) >= 0 && compare(newest) <= 0;
}

function textOf({ oldest, newest }: PythonRange): string {
  if (newest?.join('.') === oldest.join('.')) return oldest.join('.');
  return newest === undefined ? `${oldest.join('.')} or newer` : `${oldest.join('.')} to ${newest.join('.')}`;
}

/** pyenv has its versions in folders of their own and answers by name for the selected one alone. */
async function pythonsOfPyenv(): Promise<string[]> {
  const versions = `${process.env.PYENV_ROOT ?? `${homedir()}/.pyenv`}/versions`;
  const names = await readdir(versions).catch(() => []);
  return names.toSorted().map((name) => `${versions}/${name}/bin/python3`);
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** Debian splits `ensurepip` off into a package of its own, and `python -m venv` then fails half-way. */
async function requireVenvModule({ command, version }: Interpreter): Promise<void> {
  try {
    await run(command, ['-c', 'import venv, ensurepip']);
  } catch {
    throw new SetupError(
      `Python ${version} was found, but not its venv module: install it (Debian, Ubuntu: apt install python3-venv) and try again.`,
    );
  }
}

/** Builds beside the final place and renames, so that a broken install is never used and two runs cannot mix. */
async function install(
  { command }: Interpreter,
  { requirements, folder, fromSource }: { requirements: string; folder: string; fromSource: readonly string[] },
): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  const options = [
    '--quiet',
    '--disable-pip-version-check',
    '--no-input',
    '--require-hashes',
    '--only-binary',
    ':all:',
    ...fromSource.flatMap((name) => ['--no-binary', name]),
  ];
  try {
    await mkdir(STATE, { recursive: true });
    await run(command, ['-m', 'venv', draft]);
    await run(`${draft}/bin/python`, ['-m', 'pip', 'install', ...options, '--requirement', requirements], {
      timeout: INSTALL_TIMEOUT_MS,
    });
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } catch (error) {
    throw new SetupError(
      `The packages of ${requirements} could not be installed (${lastLine(error)}): check that the Python package registry can be reached, or set PIP_INDEX_URL to a mirror, and try again.`,
      { cause: error },
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function lastLine(error: unknown): string {
  const text = (error as { stderr?: string }).stderr || String(error);
  return text.trim().split('\n').at(-1) ?? '';
}
