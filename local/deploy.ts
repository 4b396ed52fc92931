import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { ACCOUNT, childEnvironment, REGION } from './credentials.ts';
import { ROOT, temporaryFolder } from './paths.ts';

export interface DeployTask {
  readonly app: string;
  readonly folder: string;
  readonly assembly: string;
  readonly context: Record<string, unknown>;
  /** `aws://{account}/{region}` */
  readonly environment: string;
}

export type DeployReport =
  | { readonly type: 'phase'; readonly phase: 'synth' | 'bootstrap' | 'deploy' }
  | { readonly type: 'done'; readonly outputs: Readonly<Record<string, string>> }
  | { readonly type: 'failed'; readonly reason: string };

export interface DeployOptions {
  readonly onReport?: (report: DeployReport) => void;
  /** Another app than the service's own: a command. */
  readonly app?: string;
  /** Where that command runs; in this repository by default. */
  readonly folder?: string;
  readonly context?: Record<string, unknown>;
}

/** A deployment went wrong; the message holds what the toolkit and the app said. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
}

/**
 * Bootstraps the emulator and deploys the `local` stage. A second call against the same emulator only updates what changed.
 *
 * @param endpoint - the emulator's address
 * @returns the stack's outputs
 * @throws DeployError
 */
export async function deploy(endpoint: string, options: DeployOptions = {}): Promise<Record<string, string>> {
  const assembly = temporaryFolder('assembly');
  try {
    return await deployThrough(endpoint, assembly, options);
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

function deployThrough(endpoint: string, assembly: string, options: DeployOptions): Promise<Record<string, string>> {
  const child = fork(`${ROOT}/local/deploy-child.ts`, {
    cwd: ROOT,
    env: childEnvironment(endpoint),
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.send({
    app: options.app ?? `"${process.execPath}" --import tsx bin/app.ts`,
    folder: options.folder ?? ROOT,
    assembly,
    context: { stage: 'local', ...options.context },
    environment: `aws://${ACCOUNT}/${REGION}`,
  } satisfies DeployTask);
  return new Promise((resolve, reject) => {
    child.on('message', (report: DeployReport) => {
      options.onReport?.(report);
      if (report.type === 'done') resolve({ ...report.outputs });
      if (report.type === 'failed') reject(new DeployError(`The deployment failed.\n${report.reason}`));
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new DeployError(`The deployment ended early with code ${code}.`)));
  });
}
