#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' };
import { run } from './program.ts';

const controller = new AbortController();
// The first Ctrl-C lets the command take its unfinished file away; the second one does not wait for that.
process.once('SIGINT', () => controller.abort(new DOMException('interrupted', 'AbortError')));
// Whoever reads the output may have enough of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signal: controller.signal,
  version: manifest.version,
});
