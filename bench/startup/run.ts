/**
 * `npm run bench -- startup`: how long a cold function takes to import its code, as ES modules and as CommonJS, minified
 * and not, beside a bundle of nothing but the SDK clients that it uses. Each import is a process of its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ENVIRONMENT, type FunctionName } from '../../lambdas/contract.ts';
import { FUNCTIONS, OPTIONS } from '../../lib/bundling.ts';

const FOLDER = join(import.meta.dirname, '../../.local/bench/startup');
const RUNS = Number(process.env.BENCH_RUNS ?? 15);

const CLIENTS: Record<FunctionName, readonly string[]> = {
  enqueue: ['dynamodb', 'sqs', 's3'],
  worker: ['dynamodb', 'sqs', 's3'],
  status: ['dynamodb', 's3'],
  sweeper: ['dynamodb', 'sqs', 's3'],
  deadLetter: ['dynamodb', 'sqs', 's3'],
};

const ESM = { ...OPTIONS, metafile: false } as const;
const { splitting: _, banner: __, outExtension: ___, ...whole } = ESM;
const VARIANTS = {
  'esm, minified': ESM,
  'esm, names kept': { ...ESM, minifyIdentifiers: false, minify: false, minifySyntax: true, minifyWhitespace: true },
  'esm, as written': { ...ESM, minify: false },
  'cjs, minified': {
    ...whole,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': '__url' },
    inject: [],
  },
} as const;

interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Bundles `entry` and gives the path of what to import. */
function build(entry: string, variant: keyof typeof VARIANTS, name: string): string {
  const outdir = join(FOLDER, `${name}-${variant.replaceAll(/\W+/g, '-')}`);
  const banner = variant.startsWith('cjs')
    ? { js: "const __url=require('node:url').pathToFileURL(__filename).href;" }
    : OPTIONS.banner;
  buildSync({ ...VARIANTS[variant], banner, entryPoints: { index: entry }, outdir, logLevel: 'error' });
  return join(outdir, variant.startsWith('cjs') ? 'index.cjs' : 'index.mjs');
}

function clientsOnly(name: FunctionName): string {
  const file = join(FOLDER, `${name}-clients.ts`);
  const lines = CLIENTS[name].map((client, i) => `import * as c${i} from '@aws-sdk/client-${client}';`);
  const made = CLIENTS[name].map((client, i) => `new c${i}.${CLASS[client]}({})`);
  writeFileSync(file, `${lines.join('\n')}\nexport const clients = [${made.join(', ')}];\n`);
  return file;
}

const CLASS: Record<string, string> = { dynamodb: 'DynamoDBClient', sqs: 'SQSClient', s3: 'S3Client' };

function sample(path: string, name: FunctionName): Sample {
  const contract = Object.fromEntries(ENVIRONMENT[name].map((key) => [key, '1']));
  const env = { ...process.env, ...contract, AUTH: 'iam', QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/1/jobs' };
  const measure = join(import.meta.dirname, 'measure.mjs');
  const output = execFileSync(process.execPath, ['--no-warnings', measure, path], {
    env: { ...env, AWS_REGION: 'us-east-1' },
    encoding: 'utf8',
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

function kilobytes(path: string): string {
  const folder = join(path, '..');
  const files = readdirSync(folder).filter((file) => /\.[mc]js$/.test(file));
  return (files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 1000).toFixed(0);
}

const least = (values: number[]) => Math.min(...values).toFixed(0);
const middle = (values: number[]) => (values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(0);

function line(label: string, path: string, samples: readonly Sample[]): string {
  const wall = samples.map(({ wallMs }) => wallMs);
  const cpu = samples.map(({ cpuMs }) => cpuMs);
  const cells = [kilobytes(path), least(wall), middle(wall), least(cpu), middle(cpu)];
  return [label.padEnd(34), ...cells.map((cell) => cell.padStart(9))].join('');
}

export function run(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  console.log(`node ${process.version}, ${RUNS} imports each, in turn; milliseconds`);
  console.log(
    ['', 'KB', 'wall min', 'median', 'CPU min', 'median'].map((h, i) => (i ? h.padStart(9) : h.padEnd(34))).join(''),
  );
  for (const name of FUNCTIONS) {
    const entry = `lambdas/${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}/handler.ts`;
    const variants = Object.keys(VARIANTS) as (keyof typeof VARIANTS)[];
    const contestants = [
      ...variants.map((variant) => ({ label: `${name}: ${variant}`, path: build(entry, variant, name) })),
      { label: `${name}: its SDK clients alone`, path: build(clientsOnly(name), 'esm, minified', `${name}-clients`) },
    ].map((contestant) => ({ ...contestant, samples: [] as Sample[] }));
    for (let i = 0; i < RUNS; i += 1) {
      for (const { path, samples } of contestants) samples.push(sample(path, name));
    }
    for (const { label, path, samples } of contestants) console.log(line(label, path, samples));
  }
}

run();
