/**
 * Bootstraps and deploys in a process of its own: the toolkit reads endpoint and credentials from the environment alone,
 * and this environment was made for the emulator. Speaks to `deploy.ts` over the IPC channel.
 */
import {
  BootstrapEnvironments,
  CdkAppMultiContext,
  type IIoHost,
  StackSelectionStrategy,
  Toolkit,
} from '@aws-cdk/toolkit-lib';
import type { DeployReport, DeployTask } from './deploy.ts';

const send = (report: DeployReport) => process.send?.(report);

/** Keeps the toolkit quiet; its errors are repeated if the deployment fails. */
function ioHost(problems: string[]): IIoHost {
  return {
    async notify({ level, message }) {
      if (level === 'error') problems.push(message);
    },
    async requestResponse({ defaultResponse }) {
      return defaultResponse;
    },
  };
}

// The runner is gone, or has heard what it wanted to know.
process.once('disconnect', () => process.exit());

process.once('message', async (task: DeployTask) => {
  const problems: string[] = [];
  try {
    const toolkit = new Toolkit({ ioHost: ioHost(problems), color: false, emojis: false });
    send({ type: 'phase', phase: 'synth' });
    const source = await toolkit.fromCdkApp(task.app, {
      workingDirectory: task.folder,
      outdir: task.assembly,
      contextStore: new CdkAppMultiContext(task.folder, task.context),
      lookups: false,
    });
    await using assembly = await toolkit.synth(source);
    send({ type: 'phase', phase: 'bootstrap' });
    await toolkit.bootstrap(BootstrapEnvironments.fromList([task.environment]));
    send({ type: 'phase', phase: 'deploy' });
    const result = await toolkit.deploy(assembly, { stacks: { strategy: StackSelectionStrategy.ALL_STACKS } });
    send({ type: 'done', outputs: Object.assign({}, ...result.stacks.map((stack) => stack.outputs)) });
  } catch (error) {
    send({ type: 'failed', reason: problems.length > 0 ? problems.join('\n') : reasonOf(error) });
  } finally {
    process.disconnect();
  }
});

/** The toolkit wraps the output of a failing app in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}\n${cause.message}` : message;
}
