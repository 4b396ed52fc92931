import { type DeployOptions, deploy } from './deploy.ts';
import type { Endpoint } from './endpoint.ts';
import { allowPlainHttp, apiAddress, enableExpiry } from './workarounds.ts';

/** The deployed service, as far as a client or a test needs to know it. */
export interface Deployment {
  /** Without a trailing slash. */
  readonly api: string;
  /** The stack's outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Deploys the `local` stage to an emulator and does what the emulator leaves undone. */
export async function deployTo(endpoint: Endpoint, options?: DeployOptions): Promise<Deployment> {
  const outputs = await deploy(endpoint.url, options);
  const output = (name: string) => {
    const value = outputs[name];
    if (value === undefined) throw new Error(`the stack has no output ${name}`);
    return value;
  };
  if (endpoint.kind === 'ministack') {
    const named = (end: string) =>
      Object.entries(outputs).flatMap(([name, value]) => (name.endsWith(end) ? [value] : []));
    await enableExpiry(endpoint.url, { jobs: output('JobsTable'), idempotency: output('IdempotencyTable') });
    await allowPlainHttp(endpoint.url, { buckets: named('Bucket'), queues: named('QueueUrl') });
  }
  return { api: apiAddress(output('ApiUrl'), endpoint.url), outputs };
}
