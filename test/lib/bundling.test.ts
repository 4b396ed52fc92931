import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { startEnvironment } from '../../bench/startup/environment.ts';
import { type Bundle, bundle, bundleAll, FUNCTIONS, OPTIONS } from '../../lib/bundling.ts';

const bundles = bundleAll();
const again = mkdtempSync(join(tmpdir(), 'quire-bundles-again-'));
afterAll(() => rmSync(again, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

describe.each(FUNCTIONS)('the bundle of %s', (name) => {
  const { directory, metafile } = bundles[name];

  it('exports the handler when it is given the environment of the contract', async () => {
    for (const [key, value] of Object.entries(startEnvironment(name))) vi.stubEnv(key, value);
    const { handler } = await import(pathToFileURL(join(directory, 'index.mjs')).href);
    expect(handler).toBeTypeOf('function');
  });

  it('leaves nothing to be found at run time but Node itself', () => {
    const outside = Object.values(metafile.outputs)
      .flatMap(({ imports }) => imports)
      .filter(({ external, path }) => external && !path.startsWith('node:'))
      .map(({ path }) => path);
    expect(outside.filter((path) => !isBuiltin(path))).toEqual([]);
  });
});

it.each(['enqueue', 'status'] as const)('the bundle of %s is under 600 KB', (name) => {
  expect(sizeOf(bundles[name])).toBeLessThan(600_000);
});

it.each(['exceljs', 'pdf-lib'])('the worker reads %s only when a report needs it', (library) => {
  const { outputs } = bundles.worker.metafile;
  const entry = Object.keys(outputs).find((path) => path.endsWith('/index.mjs')) ?? '';
  expect(inputsOf(outputs, entry).filter((input) => input.includes(`node_modules/${library}/`))).toEqual([]);
  const all = Object.keys(outputs).flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  expect(all.some((input) => input.includes(`node_modules/${library}/`))).toBe(true);
});

it('what reads number formats is whole when a bundle loads it late', async () => {
  const library = './lambdas/renderers/values/number-format/library.ts';
  const contents = `export { formatLibraries, loadLibraries } from '${library}';`;
  const outdir = join(again, 'number-formats');
  buildSync({ ...OPTIONS, stdin: { contents, resolveDir: OPTIONS.absWorkingDir }, outdir });
  const bundled = await import(pathToFileURL(join(outdir, 'stdin.mjs')).href);
  await bundled.loadLibraries();
  const { numfmt, lcid } = bundled.formatLibraries();
  expect(numfmt.format('0.00', 1.5)).toBe('1.50');
  expect(lcid.from(0x0407)).toBe('de_DE');
});

it.each(FUNCTIONS.filter((name) => name !== 'worker'))('%s carries no renderer', (name) => {
  const inputs = Object.keys(bundles[name].metafile.inputs);
  expect(inputs.filter((input) => /lambdas\/renderers|exceljs|pdf-lib/.test(input))).toEqual([]);
});

it('the worker has its fonts beside it', () => {
  const fonts = join(bundles.worker.directory, 'fonts');
  expect(existsSync(join(fonts, 'NotoSans_400Regular.ttf'))).toBe(true);
});

it('the same source makes the same bundle, wherever it is put', () => {
  const second = bundle('enqueue', again);
  expect(readdirSync(second.directory).sort()).toEqual(readdirSync(bundles.enqueue.directory).sort());
});

/** The sum of what esbuild wrote. */
function sizeOf({ directory }: Bundle): number {
  const files = readdirSync(directory).filter((file) => file.endsWith('.mjs'));
  return files.reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

/** What is read when a chunk is: its own inputs, and those of the chunks that it imports at once. */
function inputsOf(outputs: Bundle['metafile']['outputs'], path: string, seen = new Set<string>()): string[] {
  const output = outputs[path];
  if (!output || seen.has(path)) return [];
  seen.add(path);
  const eager = output.imports.filter(({ kind }) => kind === 'import-statement').map((each) => each.path);
  return [...Object.keys(output.inputs), ...eager.flatMap((each) => inputsOf(outputs, each, seen))];
}
