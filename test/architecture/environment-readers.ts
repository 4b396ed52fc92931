import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeScriptFiles } from './cruise.ts';

/** The one file that may: it parses what the contract lists. */
const READER = 'lambdas/runtime/env.ts';

const READS = [
  /\bprocess\s*\??\.\s*env\b/,
  /\bprocess\s*\[/,
  /\bfrom\s+'(node:)?process'/,
  /\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/,
];

/** The files of the functions, other than `runtime/env.ts`, that read environment variables. */
export function environmentReaders(root: string): string[] {
  return typeScriptFiles(root, ['lambdas'])
    .filter((file) => file !== READER)
    .filter((file) => {
      const code = withoutComments(readFileSync(join(root, file), 'utf8'));
      return READS.some((read) => read.test(code));
    });
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
}
