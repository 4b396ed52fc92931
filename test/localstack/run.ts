/**
 * `npm run test:localstack`: the emulator tests and the contracts against the real LocalStack, a fresh one for each; what
 * is given on the command line goes to Vitest. Skipped, and said so, where this machine lacks what LocalStack needs.
 */
import { spawnSync } from 'node:child_process';
import { whatIsMissing } from './start.ts';

const missing = await whatIsMissing();
if (missing !== undefined) {
  console.log(`skipped: the tests on LocalStack (needs ${missing})`);
  process.exit(0);
}
const projects = ['contracts', 'emulator'].flatMap((name) => ['--project', name]);
const { status } = spawnSync('npx', ['vitest', 'run', ...projects, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    QUIRE_LOCALSTACK: '1',
  },
});
process.exit(status ?? 1);
