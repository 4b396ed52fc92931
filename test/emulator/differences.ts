import { beforeEach } from 'vitest';
import { target } from '../support/target.ts';

/**
 * The tests that say what AWS does and what this emulator is known to do otherwise, by emulator and title, with the reason.
 * They are skipped there by name; what the adapters alone rest on stands in `test/contracts/differences.ts`.
 */
export const DIFFERENCES: { readonly [kind: string]: { readonly [title: string]: string } } = {
  localstack: {
    'is reached from the POST by links alone':
      'it tells the function a host name of its own and https, while the API is called by a path of 127.0.0.1: the host needs its DNS server',
    'with a content coding is refused with its status, code and place':
      'its gateway unpacks the body before the function is asked, and answers 500 when it is not packed; API Gateway hands it on',
  },
};

/** For `setupFiles`: skips what is known to differ. */
beforeEach((context) => {
  const reason = DIFFERENCES[target.kind]?.[context.task.name];
  context.skip(reason !== undefined, reason);
});
