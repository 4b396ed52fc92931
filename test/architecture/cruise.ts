import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = [
  'bin',
  'lib',
  'lambdas',
  'local',
  'client',
  'ops',
  'cli',
  'render',
  'console',
  'examples',
  'test',
  'bench',
];
const FOREIGN = /(^|\/)node_modules\/|^bench\/peers\//;

export interface Findings {
  /** How many of the tree's own files were looked at. */
  readonly seen: number;
  /** Files of the tree that the tool did not look at: whatever they import, no rule was applied to it. */
  readonly unseen: readonly string[];
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

/** Applies the rules of .dependency-cruiser.cjs to the tree under `root`. */
export async function cruiseTree(root: string): Promise<Findings> {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const options = await extractOptions(join(ROOT, '.dependency-cruiser.cjs'));
  const tsConfig = extractTypeScriptConfig(join(ROOT, 'tsconfig.json'));
  const { output } = await cruise(folders, { ...options, baseDir: root, validate: true }, undefined, { tsConfig });
  const { modules, summary } = output as ICruiseResult;
  const sources = new Set(modules.map(({ source }) => source).filter((source) => !FOREIGN.test(source)));
  return {
    seen: sources.size,
    unseen: typeScriptFiles(root, folders).filter((file) => !sources.has(file)),
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

/** The tree's own TypeScript files below the folders, as paths from the root. */
export function typeScriptFiles(root: string, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))))
    .filter((file) => file.endsWith('.ts') && !FOREIGN.test(file))
    .sort();
}
