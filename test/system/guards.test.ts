import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { GUARDS, PLANTED } from './guards/guards.ts';
import { assertApplicable } from './guards/mutation.ts';

/** One guard of each kind; `npm run guards` takes all of them away. */
const SOME = [
  ...['lease condition', 'attempt condition', 'generation in the claim', 'If-None-Match (double)', 'HEAD after 412'],
  ...['staged facts', 'row count', 'sweeper', 'request hash', 'acknowledgement of duplicates'],
];

describe('R23: a guard that is taken away', () => {
  it.each([...GUARDS, ...PLANTED])('stands in the source as written down: $name', ({ edits }) => {
    expect(() => assertApplicable(edits)).not.toThrow();
  });

  it('turns some test red, whichever of ten it is', { timeout: 300_000 }, async () => {
    const command = ['--import', 'tsx', 'test/system/guards/run.ts', '--trust-green', ...SOME];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env: { ...process.env, VITEST: '' } });
    expect(stdout.match(/^red {4}without /gm)).toHaveLength(SOME.length);
  });
});
