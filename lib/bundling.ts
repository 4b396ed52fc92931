/**
 * Bundles the functions with esbuild. The SDK is inside: a version that was tested, and no search through the runtime's
 * own copy. One folder a function, named by nothing but its content, so that an unchanged function is not deployed again.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import { ENVIRONMENT, type FunctionName } from '../lambdas/contract.ts';
import * as fonts from '../lambdas/renderers/pdf/fonts/manifest.ts';

export const FUNCTIONS = Object.keys(ENVIRONMENT) as FunctionName[];

const ROOT = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** CommonJS packages in an ES module bundle call a `require` that ES modules do not have. */
const REQUIRE_SHIM =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

export interface Bundle {
  /** Holds `index.mjs`, its chunks and its fonts. */
  readonly directory: string;
  readonly metafile: Metafile;
}

/** Bundles one function into a folder of its own under `parent`. */
export function bundle(name: FunctionName, parent: string): Bundle {
  const directory = join(parent, name);
  mkdirSync(directory, { recursive: true });
  const { metafile } = buildSync({ ...OPTIONS, entryPoints: { index: entryOf(name) }, outdir: directory });
  if (name === 'worker') copyFonts(directory);
  return { directory, metafile };
}

/** Bundles all functions into a temporary folder, which goes when the process does. */
export function bundleAll(): Readonly<Record<FunctionName, Bundle>> {
  const parent = mkdtempSync(join(tmpdir(), 'quire-bundles-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  const bundles = FUNCTIONS.map((name) => [name, bundle(name, parent)] as const);
  return Object.fromEntries(bundles) as Record<FunctionName, Bundle>;
}

export const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  splitting: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  mainFields: ['module', 'main'],
  // A function is given its credentials in the environment: the other ways to find some are 100 KB that never run.
  alias: { '@aws-sdk/credential-provider-node': './lambdas/runtime/credentials.ts' },
  banner: { js: REQUIRE_SHIM },
  logLevel: 'warning',
} as const satisfies BuildOptions;

function entryOf(name: FunctionName): string {
  const folder = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
  return `lambdas/functions/${folder}/handler.ts`;
}

/** The PDF engine reads a font when a script needs it, from the folder beside its bundle. */
export function copyFonts(directory: string): void {
  const folder = join(directory, fonts.FONTS_FOLDER);
  mkdirSync(folder, { recursive: true });
  const files = [...fonts.wholeFiles(), ...fonts.slicedFamilies().flatMap(slicedFiles)];
  for (const { name, source } of files) cpSync(require.resolve(source), join(folder, name));
  const { name, source } = fonts.HARFBUZZ_WASM;
  cpSync(require.resolve(source), join(directory, name));
}

/** The index of a family and the slices that are used of it. */
function slicedFiles(family: fonts.SlicedFamily): fonts.FontFile[] {
  const index = fonts.indexFile(family);
  const slices = fonts.slicesIn(family, require(index.source));
  return [index, ...slices.map(([slice]) => fonts.sliceFile(family, slice))];
}
