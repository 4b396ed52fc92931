import { Readable, Writable } from 'node:stream';
import { run } from '../../cli/program.ts';

/** What a command printed and ended with. */
export interface Ended {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

/** Runs the command line in this process, with streams and an environment of the test's. */
export async function quire(
  argv: readonly string[],
  { stdin = '', environment = {} }: { readonly stdin?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const code = await run(argv, {
    stdin: Readable.from([stdin]),
    stdout: sink(out),
    stderr: sink(err),
    environment: { QUIRE_CONFIG: '/nowhere', ...environment },
    signal: new AbortController().signal,
    version: '1.2.3',
  });
  return { code, out: Buffer.concat(out), err: Buffer.concat(err).toString() };
}

function sink(chunks: Buffer[]): Writable {
  return new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
}
