import { beforeEach, describe, it } from 'vitest';
import { DIFFERENCES } from './differences.ts';

/** One implementation of a port: the double, or the real adapter in front of a server. */
export interface Implementation<Bench> {
  readonly name: string;
  readonly missing?: string | undefined;
  open(): Promise<Bench>;
}

type Test = (title: string, body: () => Promise<void>) => void;

/**
 * The same assertions for every implementation of a port: what the doubles let the simulator prove holds for the real
 * services only as far as the two behave alike. Every test has a table, queue or bucket of its own.
 */
export function contract<Bench>(
  subject: string,
  implementations: readonly Implementation<Bench>[],
  suite: (it: Test, bench: () => Bench) => void,
): void {
  for (const { name, missing, open } of implementations) {
    const label = missing === undefined ? name : `${name} (needs ${missing})`;
    describe.skipIf(missing !== undefined)(`${subject}, ${label}`, () => {
      let bench: Bench;
      beforeEach(async () => {
        bench = await open();
      });
      suite(testsOf(name), () => bench);
    });
  }
}

/** A known difference must go on to fail, so that the list is never longer than the truth. */
function testsOf(name: string): Test {
  return (title, body) => {
    const reason = DIFFERENCES[name]?.[title];
    if (reason === undefined) it(title, body);
    else it.fails(`${title} – not here: ${reason}`, body);
  };
}
