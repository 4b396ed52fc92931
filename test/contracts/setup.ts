import type { TestProject } from 'vitest/node';
import { quietenSdk } from '../../local/credentials.ts';
import { openTestEndpoint } from '../support/endpoint.ts';
import { startReferences } from './references/start.ts';
import type { ServerAddress } from './servers.ts';

/**
 * Starts what the contracts are held against, and ends it again: the emulator, and with `QUIRE_REFERENCES` set (`npm run
 * test:contracts`) the second implementations as well.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  quietenSdk();
  const references = process.env.QUIRE_REFERENCES ? await startReferences() : [];
  const { url, kind, stop } = await openTestEndpoint();
  const name = kind === 'ministack' ? 'MiniStack' : 'LocalStack';
  const emulator: ServerAddress = { name, dynamo: url, sqs: url, s3: url };
  project.provide('servers', [emulator, ...references.map(({ address }) => address)]);
  return async () => {
    await Promise.all([stop(), ...references.map((reference) => reference.stop())]);
  };
}
