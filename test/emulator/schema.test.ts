import { beforeAll, describe, expect, it } from 'vitest';
import { SetupError } from '../../local/setup-error.ts';
import { BODIES, postBodies } from '../schema/bodies.ts';
import { type Outcome, runSchemathesis } from '../schema/schemathesis.ts';
import { target } from '../support/target.ts';

/** A taste of `npm run test:schema`, which makes a thousand calls of each operation. */
const OPTIONS = ['--max-examples', '5', '--phases', 'examples,fuzzing,stateful', '--generation-deterministic'];
const EVERY_NTH_BODY = 12;

describe.skipIf(target.signed || target.kind === 'account')('the local stage', () => {
  let outcome: Outcome | SetupError;
  beforeAll(async () => {
    outcome = await runSchemathesis(target.api, OPTIONS).catch((error: unknown) => {
      if (error instanceof SetupError) return error;
      throw error;
    });
  });

  it('answers as it describes itself (Schemathesis, needs Python ≥ 3.11 and the package registry)', (context) => {
    if (outcome instanceof SetupError) return context.skip(outcome.message);
    expect(outcome.text).toMatch(/\d+ generated, \d+ passed/);
    expect(outcome.passed, outcome.text).toBe(true);
  });

  it('breaks over no body of JSONTestSuite', async () => {
    const some = BODIES.filter((_, i) => i % EVERY_NTH_BODY === 0);
    expect(some.length).toBeGreaterThan(20);
    expect(await postBodies(target.api, some)).toEqual([]);
  });
});
