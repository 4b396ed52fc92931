import { build } from 'esbuild';
import { expect, it } from 'vitest';

const MOST_BYTES = 20 * 1024;

it('the client is a small bundle for a browser, of nothing but its own files', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: ['client/index.ts'],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.length).toBeGreaterThan(2);
  expect(inputs.filter((file) => !file.startsWith('client/'))).toEqual([]);
  expect(outputFiles[0]?.contents.length).toBeLessThan(MOST_BYTES);
  expect(outputFiles[0]?.text).not.toMatch(/node:|require\(|process\.|Buffer/);
});
