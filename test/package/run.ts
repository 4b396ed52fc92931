/**
 * `npm run test:package`: does what somebody does who has nothing but the package. Packs it, installs the tarball with npm
 * into a fresh folder, deploys an app of a few lines to an emulator of its own, and makes reports by the package's command:
 * with the service, and without it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from '../../bin/package.ts';
import { quietenSdk } from '../../local/credentials.ts';
import { openEndpoint } from '../../local/endpoint.ts';
import { SetupError } from '../../local/setup-error.ts';
import { deployTo } from '../../local/stack.ts';
import manifest from '../../package.json' with { type: 'json' };
import { writeRows } from '../million/data.ts';
import { readWorkbook } from '../million/read.ts';

const ROWS = 1_000_000;

/** What stands in the package's own README, and the outputs by which it is found. */
const APP = `
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Quire } from 'quire';

const env = { account: '000000000000', region: 'us-east-1' };
const stack = new Stack(new App(), 'Company-reports', { env });
const reports = new Quire(stack, 'Reports', { stage: 'local', settings: { workerTimeoutSeconds: 300 } });
const outputs = {
  ApiUrl: reports.api.url,
  JobsTable: reports.jobsTable.tableName,
  IdempotencyTable: reports.idempotencyTable.tableName,
  ReportsBucket: reports.bucket.bucketName,
  JobsQueueUrl: reports.queue.queueUrl,
  CallbacksQueueUrl: reports.callbackQueue.queueUrl,
};
for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
`;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quire-consumer-'));
  const endpoint = await openEndpoint();
  try {
    install(folder);
    const { api } = await deployTo(endpoint, { app: `"${process.execPath}" app.mjs`, folder });
    console.log(`Deployed from the tarball: ${api}`);
    const rows = join(folder, 'rows.csv.gz');
    await writeRows(ROWS, rows);
    for (const command of ['generate', 'render'] as const) {
      const out = join(folder, `${command}.xlsx`);
      quire(folder, api, command, rows, '--out', out);
      const faults = await readWorkbook(out, ROWS);
      if (faults.length > 0) throw new Error(`quire ${command}: ${faults.join('; ')}`);
    }
    quire(folder, api, 'list', '--status', 'done');
  } finally {
    await endpoint.own?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function install(folder: string): void {
  const built = join(folder, 'built');
  buildPackage(built);
  const packing = ['pack', '--json', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', packing, { cwd: built, encoding: 'utf8' }));
  rmSync(built, { recursive: true });
  const tarball = join(folder, packed.filename);
  console.log(`Packed ${packed.filename}: ${statSync(tarball).size} bytes, ${packed.entryCount} files`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const { 'aws-cdk-lib': cdk, constructs } = manifest.devDependencies;
  const wanted = [tarball, `aws-cdk-lib@${cdk}`, `constructs@${constructs}`];
  execFileSync('npm', ['install', '--no-audit', '--no-fund', ...wanted], { cwd: folder, stdio: 'inherit' });
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  console.log(`Installed ${Object.keys(dependencies).join(', ')}`);
  writeFileSync(join(folder, 'app.mjs'), APP);
}

/** The command as npm installed it. */
function quire(folder: string, api: string, ...argv: readonly string[]): void {
  console.log(`$ npx quire ${argv.join(' ').replaceAll(`${folder}/`, '')}`);
  const env = { ...process.env, QUIRE_ADDRESS: api, QUIRE_CONFIG: '/nowhere' };
  execFileSync('npx', ['--no-install', 'quire', ...argv], { cwd: folder, env, stdio: 'inherit' });
}

quietenSdk();
main().then(
  () => console.log('All as it should be.'),
  (error) => {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  },
);
