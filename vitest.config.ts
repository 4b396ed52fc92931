import { defineConfig } from 'vitest/config';

/** Deploys the local stage once and runs one file after another against it. */
const emulator = (name: string, order: number) => ({
  test: {
    name,
    include: ['test/emulator/**/*.test.ts'],
    globalSetup: ['test/emulator/setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    sequence: { groupOrder: order },
  },
});

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/emulator/**'],
          // The first import of aws-cdk-lib alone takes seconds on a busy machine.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      emulator('emulator', 1),
      // The same once more, with every request signed and the roles' policies enforced.
      emulator('emulator-auth', 2),
    ],
  },
});
