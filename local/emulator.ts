import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, STATE } from './paths.ts';
import { freePort } from './port.ts';
import { type ProcessGroup, startGroup } from './process-group.ts';
import { ensurePython } from './python.ts';
import { SetupError } from './setup-error.ts';
import { ministackSettings, shieldFromPackageType } from './workarounds.ts';

const START_TIMEOUT_MS = 30_000;
const RUNS = `${STATE}/run`;

/** Ends the whole group when the pipe from the runner closes: not even a killed runner leaves an emulator behind. */
const LAUNCH = [
  'import os, sys, threading',
  'def watch():',
  '    while os.read(0, 1): pass',
  '    os.killpg(os.getpgid(0), 9)',
  'threading.Thread(target=watch, daemon=True).start()',
  'from ministack.app import main',
  'sys.argv = ["ministack"]',
  'main()',
].join('\n');

export interface EmulatorOptions {
  /** Enforce the roles' IAM policies and check signatures. */
  readonly auth?: boolean;
  /** 0 or none: any free port. */
  readonly port?: number | undefined;
  /** A folder in which its state outlives it; without one nothing is kept. */
  readonly keepIn?: string;
  /** Called when packages have to be installed first. */
  readonly onInstall?: () => void;
}

export interface Emulator {
  /** `http://127.0.0.1:{port}` */
  readonly url: string;
  /** Process group of the emulator; its function workers belong to it. */
  readonly pid: number;
  /** What it printed; moved to `.local/emulator.log` when it stops. */
  readonly log: string;
  readonly ended: Promise<void>;
  stop(graceMs?: number): Promise<void>;
  kill(): void;
}

/**
 * Starts a private MiniStack on 127.0.0.1 with folders of its own under `.local/run/` and waits until it answers.
 *
 * @throws SetupError when Python or the packages are missing, the port is taken or the emulator does not come up
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const python = await ensurePython('emulator', `${ROOT}/local/requirements.txt`, { onInstall: options.onInstall });
  removeAbandonedRuns();
  const port = await freePort(options.port);
  const folder = makeRunFolder(port);
  const log = `${folder}/emulator.log`;
  const descriptor = openSync(log, 'a');
  const kept = options.keepIn === undefined ? {} : keptSettings(options.keepIn);
  const env = { ...environment(folder, port, options.auth ?? false), ...kept };
  const group = await startGroup(python, ['-c', LAUNCH], { env, cwd: folder, log: descriptor });
  closeSync(descriptor);
  const emulator = asEmulator(group, port, folder, log);
  await waitUntilHealthy(emulator);
  return emulator;
}

function asEmulator(group: ProcessGroup, port: number, folder: string, log: string): Emulator {
  const cleanUp = () => {
    try {
      renameSync(log, `${STATE}/emulator.log`);
    } catch {
      // cleaned up already
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: group.pid,
    log,
    ended: group.ended,
    stop: async (graceMs) => {
      await group.stop(graceMs);
      cleanUp();
    },
    kill: () => {
      group.kill();
      cleanUp();
    },
  };
}

/** Nothing of the caller's environment but PATH gets in: no credentials, profile, proxy or certificate bundle of theirs. */
function environment(folder: string, port: number, auth: boolean): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), // functions run on this very Node
    HOME: folder,
    TMPDIR: `${folder}/tmp`,
    STATE_DIR: `${folder}/state`,
    S3_DATA_DIR: `${folder}/s3`,
    ...ministackSettings(port),
    PYTHONDONTWRITEBYTECODE: '1',
    AUTH: String(auth),
    // Functions inherit it: on Node 20 each would announce later versions of the SDK in its log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** It saves its state when it is asked to end, and S3's objects as they come. */
function keptSettings(folder: string): Record<string, string> {
  const [state, objects] = [`${folder}/state`, `${folder}/s3`];
  for (const part of [state, objects]) mkdirSync(part, { recursive: true });
  return { STATE_DIR: state, S3_DATA_DIR: objects, PERSIST_STATE: '1', S3_PERSIST: '1' };
}

/** Named after the runner's process id, by which `removeAbandonedRuns` knows whose it is. */
function makeRunFolder(port: number): string {
  const folder = `${RUNS}/${process.pid}-${port}`;
  for (const part of ['tmp', 'state', 's3']) mkdirSync(`${folder}/${part}`, { recursive: true });
  shieldFromPackageType(`${folder}/tmp`);
  return folder;
}

/** A runner that was killed could not clean up; the next one does it. */
function removeAbandonedRuns(): void {
  mkdirSync(RUNS, { recursive: true });
  for (const name of readdirSync(RUNS)) {
    if (!isAlive(Number.parseInt(name, 10))) rmSync(`${RUNS}/${name}`, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function waitUntilHealthy(emulator: Emulator): Promise<void> {
  let ended = false;
  emulator.ended.then(() => {
    ended = true;
  });
  for (const deadline = Date.now() + START_TIMEOUT_MS; !ended && Date.now() < deadline; await sleep(50)) {
    if (await answers(`${emulator.url}/_ministack/health`)) return;
  }
  await emulator.stop();
  const what = ended ? 'stopped as soon as it was started' : `did not answer within ${START_TIMEOUT_MS / 1000} s`;
  throw new SetupError(`The local emulator ${what}: see ${STATE}/emulator.log, or delete ${STATE} and try again.`);
}

/** Whether a GET of this address is answered with 200 within a second. */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}
