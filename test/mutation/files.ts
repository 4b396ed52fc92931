import { readdirSync } from 'node:fs';
import { ROOT } from '../../local/paths.ts';

/** What is mutated. */
export const FOLDERS = ['lambdas/domain', 'lambdas/rescue', 'lambdas/functions', 'lambdas/adapters'] as const;

/** Whose tests are run over the mutants: those that run in process, without an emulator. */
const TESTS = [
  'test/domain',
  'test/rescue',
  'test/functions',
  'test/adapters',
  'test/runtime',
  'test/system',
  'test/reports',
  // The committed description of the API is made of the schemas.
  'test/local/docs/openapi',
] as const;

/** Thousands of runs, or megabytes, each, so that one mutant would take minutes. */
const LONG =
  /^test\/(system\/(model|overload|outages|guards|requirements|scenarios)|functions\/enqueue\/largest-bodies)\.test\.ts$/;

function below(folder: string): string[] {
  return readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** The sources to mutate: all of the four folders, or those whose paths begin with one of the names. */
export function sourcesOf(names: readonly string[]): readonly string[] {
  return FOLDERS.flatMap(below).filter((file) => isNamed(file, names));
}

/** The files of tests to run over the mutants: all that are quick enough, or those whose paths begin with a name. */
export function filesOf(names: readonly string[]): readonly string[] {
  return TESTS.flatMap(below).filter((file) => file.endsWith('.test.ts') && !LONG.test(file) && isNamed(file, names));
}

function isNamed(file: string, names: readonly string[]): boolean {
  return names.length === 0 || names.some((name) => file.startsWith(name.replace(/\/$/, '')));
}
