import type { EmulatorOptions } from '../../local/emulator.ts';
import { type Endpoint, openEndpoint } from '../../local/endpoint.ts';
import { startLocalStack } from '../localstack/start.ts';

/** An emulator for tests. */
export interface TestEndpoint extends Endpoint {
  /** Ends what was started for the tests; an emulator that was running before goes on. */
  stop(): Promise<void>;
}

/** A LocalStack of our own with `QUIRE_LOCALSTACK` set (`npm run test:localstack`), else what {@link openEndpoint} opens. */
export async function openTestEndpoint(options: EmulatorOptions = {}): Promise<TestEndpoint> {
  if (process.env.QUIRE_LOCALSTACK) return startLocalStack();
  const endpoint = await openEndpoint(options);
  return { ...endpoint, stop: async () => endpoint.own?.stop() };
}
