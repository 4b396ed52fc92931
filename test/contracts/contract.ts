import { describe, type ExpectStatic, it } from 'vitest';
import { DIFFERENCES } from './differences.ts';

/** One implementation of a port: the double, or the real adapter in front of a server. */
export interface Implementation<Bench> {
  readonly name: string;
  readonly missing?: string | undefined;
  open(): Promise<Bench>;
}

/** Tests run side by side, so each is given an `expect` of its own: what the global one awaits is told of another test. */
type Test<Bench> = (title: string, body: (bench: Bench, expect: ExpectStatic) => Promise<void>) => void;

/**
 * The same assertions for every implementation of a port: what the doubles let the simulator prove holds for the real
 * services only as far as the two behave alike. Every test has a table, queue or bucket of its own, so that those which
 * wait for time to pass can wait together.
 */
export function contract<Bench>(
  subject: string,
  implementations: readonly Implementation<Bench>[],
  suite: (it: Test<Bench>) => void,
): void {
  for (const implementation of implementations) {
    const { name, missing } = implementation;
    const label = missing === undefined ? name : `${name} (needs ${missing})`;
    describe.skipIf(missing !== undefined)(`${subject}, ${label}`, () => suite(testsOf(implementation)));
  }
}

/** A known difference must go on to fail, so that the list is never longer than the truth. */
function testsOf<Bench>({ name, open }: Implementation<Bench>): Test<Bench> {
  return (title, body) => {
    const reason = DIFFERENCES[name]?.[title];
    const run = async ({ expect }: { readonly expect: ExpectStatic }) => body(await open(), expect);
    if (reason === undefined) it.concurrent(title, run);
    else it.concurrent.fails(`${title} – not here: ${reason}`, run);
  };
}
