import type { TestProject } from 'vitest/node';
import { quietenSdk } from '../../local/credentials.ts';
import { openEndpoint } from '../../local/endpoint.ts';
import type { ServerAddress } from './servers.ts';

/** Starts what the contracts are held against, and ends it again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  quietenSdk();
  const { url, kind, own } = await openEndpoint();
  const name = kind === 'ministack' ? 'MiniStack' : 'LocalStack';
  const emulator: ServerAddress = { name, dynamo: url, sqs: url, s3: url };
  project.provide('servers', [emulator]);
  return async () => own?.stop();
}
