import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import { OPTIONS } from '../../lib/bundling.ts';

/** Something that a function could be, as a module to import. */
export interface Candidate {
  readonly name: string;
  readonly url: string;
  /** Of all that esbuild wrote for it; nothing where nothing is bundled. */
  readonly bytes?: number;
}

const CJS = { format: 'cjs', splitting: false, outExtension: { '.js': '.cjs' }, banner: {} } as const;

/** The clients that a function makes at its start, and nothing else. */
const CLIENTS = {
  enqueue: ['client-dynamodb DynamoDBClient', 'client-sqs SQSClient', 'client-s3 S3Client'],
  status: ['client-dynamodb DynamoDBClient', 'client-s3 S3Client'],
} as const;

type Measured = keyof typeof CLIENTS;
export const MEASURED = Object.keys(CLIENTS) as Measured[];

/** Each function as ES modules and as CommonJS, the SDK clients that it is built on, bundled alike, and those unbundled. */
export function candidatesOf(name: Measured, folder: string): Candidate[] {
  const bare = bareClients(name, folder);
  const handler = handlerOf(name);
  return [
    bundled(`${name}, ES modules`, handler, join(folder, `${name}-esm`), {}),
    bundled(`${name}, CommonJS`, handler, join(folder, `${name}-cjs`), CJS),
    bundled(`SDK clients of ${name}, ES modules`, bare, join(folder, `${name}-bare-esm`), {}),
    bundled(`SDK clients of ${name}, CommonJS`, bare, join(folder, `${name}-bare-cjs`), CJS),
    { name: `SDK clients of ${name}, not bundled`, url: pathToFileURL(bare).href },
  ];
}

export function handlerOf(name: Measured): string {
  return `lambdas/functions/${name}/handler.ts`;
}

/** Made in the checkout, where the packages are found. */
function bareClients(name: Measured, folder: string): string {
  const lines = CLIENTS[name].map((client) => {
    const [pkg, type] = client.split(' ');
    return `import { ${type} } from '@aws-sdk/${pkg}';\nexport const the${type} = new ${type}({});\n`;
  });
  const file = join(folder, `${name}-clients.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, lines.join(''));
  return file;
}

function bundled(name: string, entry: string, outdir: string, changes: BuildOptions): Candidate {
  const options = { ...OPTIONS, ...changes, entryPoints: { index: entry }, outdir };
  buildSync(options);
  const bytes = readdirSync(outdir).reduce((sum, file) => sum + statSync(join(outdir, file)).size, 0);
  const file = join(outdir, `index${options.outExtension['.js']}`);
  return { name, url: pathToFileURL(file).href, bytes };
}
