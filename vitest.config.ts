import { defineConfig } from 'vitest/config';

// On Node 20 the SDK announces, in every process, versions of itself that are not the pinned ones.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Ends what hangs, and nothing else: a busy machine takes many times as long as a quiet one. */
const LIMIT_MS = process.env.QUIRE_LOCALSTACK === undefined ? 180_000 : 900_000;

/** Deploys the local stage once and runs one file after another against it. */
const emulator = (name: string, order: number, exclude: string[] = []) => ({
  test: {
    name,
    include: ['test/emulator/**/*.test.ts'],
    exclude: ['test/emulator/faults/**', 'test/emulator/jwt/**', ...exclude],
    globalSetup: ['test/emulator/setup.ts'],
    setupFiles: ['test/emulator/differences.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    sequence: { groupOrder: order },
  },
});

/** Takes minutes, so only when asked for: `npm run test:huge`. */
const huge = { test: { name: 'huge', include: ['test/huge/**/*.test.ts'], sequence: { groupOrder: 0 } } };

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      ...(process.env.QUIRE_HUGE === undefined ? [] : [huge]),
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/contracts/**', 'test/emulator/**', 'test/huge/**', 'test/lib/**'],
          setupFiles: ['test/support/seed.ts'],
          testTimeout: LIMIT_MS,
          hookTimeout: LIMIT_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/lib/**/*.test.ts'],
          setupFiles: ['test/support/seed.ts'],
          // All in one process: loading aws-cdk-lib takes longer than the tests.
          isolate: false,
          maxWorkers: 1,
          testTimeout: LIMIT_MS,
          hookTimeout: LIMIT_MS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'contracts',
          include: ['test/contracts/**/*.test.ts'],
          globalSetup: ['test/contracts/setup.ts'],
          testTimeout: LIMIT_MS,
          hookTimeout: LIMIT_MS,
          sequence: { groupOrder: 2 },
        },
      },
      // What is about signatures and roles makes no sense where nobody signs.
      emulator('emulator', 3, ['test/emulator/enforced/**']),
      // The same once more, with every request signed and the roles' policies enforced.
      // (but for the trial of the description, whose caller does not sign).
      emulator('emulator-auth', 4, ['test/emulator/schema.test.ts']),
      // Callers that bring tokens; each file deploys for an issuer of its own.
      {
        test: {
          ...emulator('emulator-jwt', 6).test,
          include: ['test/emulator/jwt/**/*.test.ts'],
          exclude: [],
          globalSetup: [],
          setupFiles: [],
        },
      },
      {
        test: {
          ...emulator('emulator-faults', 5).test,
          include: ['test/emulator/faults/**/*.test.ts'],
          exclude: [],
          globalSetup: ['test/emulator/faults/setup.ts'],
        },
      },
    ],
  },
});
