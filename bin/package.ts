/**
 * `npm run package`: what is published, in `out/package`: the construct with the functions' code inside, the client, the
 * engines and the command line, built and typed, so that whoever installs it needs neither esbuild nor this repository.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import ts from 'typescript';
import { bundle, copyFonts, FUNCTIONS, OPTIONS } from '../lib/bundling.ts';
import manifest from '../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
const ENTRIES = { client: 'client/index.ts', render: 'render/index.ts', cli: 'cli/main.ts' };
const PEERS = ['aws-cdk-lib', 'constructs'] as const;

/** Builds the package into a folder, which is emptied before. */
export function buildPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { alias: _, ...options } = OPTIONS;
  buildSync({ ...options, entryPoints: ENTRIES, outdir: folder });
  const external = PEERS.flatMap((peer) => [peer, `${peer}/*`]);
  buildSync({ ...options, splitting: false, entryPoints: { index: 'lib/package.ts' }, outdir: folder, external });
  copyFonts(folder);
  for (const name of FUNCTIONS) bundle(name, join(folder, 'assets'));
  declare(join(folder, 'types'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published(), null, 2)}\n`);
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(ROOT, 'examples/reports-app/README.md'), join(folder, 'README.md'));
}

function published() {
  const { name, version, description, license, engines, dependencies, devDependencies } = manifest;
  const entry = (file: string, types: string) => ({ types: `./types/${types}.d.ts`, default: `./${file}.mjs` });
  return {
    name,
    version,
    description,
    license,
    keywords: ['awscdk', 'aws-cdk', 'report', 'xlsx', 'pdf'],
    type: 'module',
    engines,
    bin: { quire: './cli.mjs' },
    exports: {
      '.': entry('index', 'lib/package'),
      './client': entry('client', 'client/index'),
      './render': entry('render', 'render/index'),
      './package.json': './package.json',
    },
    // The types of requests and answers are inferred from schemas of zod.
    dependencies: { zod: dependencies.zod },
    peerDependencies: Object.fromEntries(PEERS.map((peer) => [peer, `^${devDependencies[peer]}`])),
    // Who takes the client or the engines alone deploys nothing.
    peerDependenciesMeta: Object.fromEntries(PEERS.map((peer) => [peer, { optional: true }])),
  };
}

function declare(outDir: string): void {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, ROOT);
  const emit = { noEmit: false, declaration: true, emitDeclarationOnly: true, incremental: false };
  const program = ts.createProgram(
    ['lib/package.ts', 'client/index.ts', 'render/index.ts'].map((file) => join(ROOT, file)),
    { ...options, ...emit, tsBuildInfoFile: undefined, rootDir: ROOT, outDir },
  );
  const { diagnostics } = program.emit();
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, HOST));
  for (const file of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(outDir, file), 'utf8');
    // Declarations keep the names of the sources, which the package does not have.
    writeFileSync(join(outDir, file), text.replace(/((?:from|import)\s*\(?['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
}

const HOST: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => ROOT,
  getCanonicalFileName: (file) => file,
  getNewLine: () => '\n',
};

if (process.argv[1] === import.meta.filename) {
  const folder = join(ROOT, 'out/package');
  buildPackage(folder);
  console.log(`Built ${folder}: npm pack ${folder}`);
}
