import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../../bin/package.ts';
import { FUNCTIONS as BUNDLED } from '../../lib/bundling.ts';
import { FUNCTIONS } from './synthesis.ts';

const ROOT = join(import.meta.dirname, '../..');
const FROM_HERE = ['aws-cdk-lib', 'constructs', 'zod'];

let folder: string;

/** As `npm install` of the tarball would leave it, with what it depends on taken from this checkout. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quire-consumer-'));
  const built = join(folder, 'built');
  buildPackage(built);
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: built, encoding: 'utf8' }),
  );
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', modules]);
  cpSync(join(modules, 'package'), join(modules, 'quire'), { recursive: true });
  rmSync(join(modules, 'package'), { recursive: true });
  rmSync(built, { recursive: true });
  for (const name of FROM_HERE) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  cpSync(join(ROOT, 'examples/reports-app/app.mjs'), join(folder, 'app.mjs'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const node = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...environment } });

describe('the packed package, where there is nothing of this repository', () => {
  it('holds the code of every function, and a stack is synthesized with it', () => {
    const out = join(folder, 'cdk.out');
    const { status, stderr } = node(['app.mjs'], { CDK_OUTDIR: out, CDK_CONTEXT_JSON: '{"stage":"dev"}' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const template = JSON.parse(readFileSync(join(out, 'Company-reports.template.json'), 'utf8'));
    const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::Lambda::Function').length).toBeGreaterThanOrEqual(FUNCTIONS.length);
    expect(readdirSync(join(folder, 'node_modules/quire/assets')).sort()).toEqual([...BUNDLED].sort());
  });

  it('renders without a service, and by the command line', () => {
    const script = `import { renderPdf } from 'quire/render';
      const { body, facts } = renderPdf({ title: 'A', columns: [{ key: 'a' }], rows: [['x'], ['ü']] });
      const bytes = new Uint8Array(await new Response(body).arrayBuffer());
      console.log(new TextDecoder().decode(bytes.subarray(0, 5)), (await facts).rows);`;
    expect(node(['--input-type=module', '-e', script])).toMatchObject({ stdout: '%PDF- 2\n', stderr: '' });
    writeFileSync(join(folder, 'rows.csv'), 'a,b\n1,2\n');
    const rendered = node(['node_modules/quire/cli.mjs', '-q', 'render', 'rows.csv', '--out', 'rows.xlsx']);
    expect(rendered).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'rows.xlsx')).subarray(0, 2).toString()).toBe('PK');
  });

  it('is loaded by CommonJS as well', () => {
    const script = `const { Quire } = require('quire'); const { QuireClient } = require('quire/client');
      console.log(typeof Quire, typeof QuireClient);`;
    expect(node(['--input-type=commonjs', '--no-warnings', '-e', script]).stdout).toBe('function function\n');
  });

  it('tells its types: what is right compiles, and what is wrong does not', () => {
    const source = `import { Quire } from 'quire';
import { QuireClient } from 'quire/client';
import { renderXlsx } from 'quire/render';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
const stack = new Stack();
const alarmTopic = new Topic(stack, 'OnCall');
export const reports = new Quire(stack, 'Reports', { stage: 'dev', settings: { workerMemoryMb: 2048 }, alarmTopic });
export const url: string = reports.api.url;
export const facts = renderXlsx({ title: 'A', columns: [{ key: 'a' }], rows: [['x']] }).facts;
export const job = new QuireClient({ address: url }).generate({ format: 'xlsx', title: 'A', columns: [{ key: 'a' }], rows: [[1]] });
`;
    expect(errorsOf(source)).toEqual([]);
    expect(errorsOf(source.replace("format: 'xlsx'", "format: 'docx'"))).toHaveLength(1);
    expect(errorsOf(source.replace('workerMemoryMb: 2048', "workerMemoryMb: 'much'"))).toHaveLength(1);
  });
});

function errorsOf(source: string): string[] {
  const file = join(folder, 'consumer.ts');
  writeFileSync(file, source);
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
