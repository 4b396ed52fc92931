import { relative } from 'node:path';
import type { Plugin } from 'vitest/config';
import { startVitest, type TestSpecification } from 'vitest/node';
import { ROOT } from '../../local/paths.ts';
import { FOLDER_VARIABLE } from './ledger.ts';

/** Ends what hangs, as in the ordinary run. */
const LIMIT_MS = 180_000;

interface Run {
  readonly folder: string;
  /** Files of tests, from the root, in the order in which they are to run. */
  readonly files: readonly string[];
  readonly sources: ReadonlyMap<string, string>;
  readonly workers: number;
}

/** Runs files of tests over the instrumented sources, each in a process of its own. */
export async function runInstrumented({ folder, files, sources, workers }: Run): Promise<void> {
  const rank = new Map(files.map((file, index) => [`${ROOT}/${file}`, index]));
  const inOrder = (specs: TestSpecification[]) =>
    [...specs].sort((a, b) => (rank.get(a.moduleId) ?? 0) - (rank.get(b.moduleId) ?? 0));
  const vitest = await startVitest(
    'test',
    [],
    {
      config: false,
      watch: false,
      root: ROOT,
      include: [...files],
      exclude: [],
      runner: `${ROOT}/test/mutation/runner.ts`,
      setupFiles: ['test/support/seed.ts'],
      env: { [FOLDER_VARIABLE]: folder, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      pool: 'forks',
      maxWorkers: workers,
      maxConcurrency: 1,
      testTimeout: LIMIT_MS,
      hookTimeout: LIMIT_MS,
      teardownTimeout: 1000,
      reporters: [() => {}] as never[],
      silent: true,
      dangerouslyIgnoreUnhandledErrors: true,
      sequence: {
        sequencer: class {
          async shard(specs: TestSpecification[]) {
            return specs;
          }
          async sort(specs: TestSpecification[]) {
            return inOrder(specs);
          }
        },
      },
    },
    { plugins: [instrumented(sources)] },
  );
  await vitest.close();
  process.exitCode = 0;
}

/** Hands the tests the sources with their mutants; nothing on the disk is touched. */
function instrumented(sources: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'mutants',
    enforce: 'pre',
    transform(_code, id) {
      return sources.get(relative(ROOT, id.split('?')[0] ?? ''));
    },
  };
}
