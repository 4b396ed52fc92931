import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TalkSettings } from '../client/talk.ts';
import { sqs, target } from '../support/target.ts';
import { hasTool } from '../support/tools.ts';

const RUNTIMES: readonly (readonly [command: string, ...before: string[]])[] = [
  [process.execPath],
  ['deno', 'run', '--no-config', '--allow-env=TALK', '--allow-net'],
  ['bun', 'run'],
];

let folder: string;
let script: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quire-talk-'));
  script = join(folder, 'talk.mjs');
  await build({
    entryPoints: ['test/client/talk.ts'],
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    outfile: script,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the client against the service', () => {
  for (const [command, ...before] of RUNTIMES) {
    const name = command.replace(/.*\//, '');
    const told = { timeout: 120_000, skip: !hasTool(command) };
    it(`uploads, generates, downloads, lists, shares and is refused in ${name}`, told, async () => {
      expect(await talk(command, before)).toEqual({
        rows: 3,
        sumAsTold: true,
        listed: true,
        sharedBytes: true,
        revoked: true,
        problem: 'JOB_ENDED',
        ended: 'Error: enough',
      });
    });
  }
});

async function talk(command: string, before: readonly string[]): Promise<unknown> {
  const settings: TalkSettings = {
    address: target.api,
    ...(target.signed ? { credentials: await credentialsOf() } : {}),
  };
  const { stdout } = await promisify(execFile)(command, [...before, script], {
    env: { PATH: process.env.PATH, HOME: folder, TALK: JSON.stringify(settings) },
  });
  return JSON.parse(stdout);
}

async function credentialsOf() {
  const [{ accessKeyId, secretAccessKey, sessionToken }, region] = await Promise.all([
    sqs.config.credentials(),
    sqs.config.region(),
  ]);
  return { accessKeyId, secretAccessKey, region, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
