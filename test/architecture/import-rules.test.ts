import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruiseTree, type Findings } from './cruise.ts';
import { environmentReaders } from './environment-readers.ts';

/** Each rule, a file that breaks it, and what that file imports. */
const CRIMES: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ['no-circles', 'lambdas/domain/chicken.ts', './egg.ts'],
  ['nothing-unresolved', 'local/lost.ts', './nowhere.ts'],
  ['contract-imports-nothing', 'lambdas/contract.ts', './domain/job.ts'],
  ['lib-knows-only-the-contract', 'lib/constructs/curious.ts', '../../lambdas/domain/job.ts'],
  ['lib-calls-no-service', 'lib/constructs/caller.ts', '@aws-sdk/client-s3'],
  ['one-door-into-lib', 'local/burglar.ts', '../lib/config.ts'],
  ['bin-is-a-door-only', 'local/visitor.ts', '../bin/app.ts'],
  ['functions-know-no-stack', 'lambdas/functions/status/builder.ts', 'aws-cdk-lib'],
  ['functions-carry-what-they-import', 'lambdas/runtime/tool.ts', 'fast-check'],
  ['domain-is-pure', 'lambdas/domain/reader.ts', 'node:fs'],
  ['domain-is-pure', 'lambdas/domain/caller.ts', '@aws-sdk/client-dynamodb'],
  ['domain-is-pure', 'lambdas/domain/worldly.ts', '../adapters/table.ts'],
  ['renderers-know-no-service', 'lambdas/renderers/pdf/uploader.ts', '@aws-sdk/client-s3'],
  ['renderers-know-no-service', 'lambdas/renderers/pdf/worldly.ts', '../../adapters/table.ts'],
  ['engines-know-not-each-other', 'lambdas/renderers/pdf/neighbour.ts', '../xlsx/cells.ts'],
  ['what-both-engines-read-knows-no-engine', 'lambdas/renderers/table/partial.ts', '../xlsx/cells.ts'],
  ['row-sources-know-no-service', 'lambdas/datasets/fetcher.ts', '@aws-sdk/client-s3'],
  ['report-definitions-read-through-their-context', 'lambdas/reports/caller.ts', '@aws-sdk/client-dynamodb'],
  ['rescue-calls-ports-alone', 'lambdas/rescue/caller.ts', '../adapters/table.ts'],
  ['adapters-know-the-domain-alone', 'lambdas/adapters/reader.ts', '../runtime/env.ts'],
  ['runtime-knows-no-function', 'lambdas/runtime/favourite.ts', '../functions/status/look-up.ts'],
  ['use-cases-know-the-domain-alone', 'lambdas/functions/status/impatient.ts', '../../adapters/table.ts'],
  ['use-cases-know-the-domain-alone', 'lambdas/functions/status/caller.ts', '@aws-lambda-powertools/idempotency'],
  ['use-cases-know-the-domain-alone', 'lambdas/functions/x/use-case.ts', '../../adapters/table.ts'],
  ['functions-stand-alone', 'lambdas/functions/enqueue/neighbour.ts', '../status/look-up.ts'],
  ['only-the-worker-renders', 'lambdas/functions/status/handler.ts', '../../renderers/pdf/index.ts'],
  ['operators-use-the-domain', 'ops/impatient.ts', '../lambdas/functions/status/look-up.ts'],
  ['client-stands-alone', 'client/heavy.ts', 'zod'],
  ['client-stands-alone', 'client/native.ts', 'node:fs'],
  ['engines-alone-need-no-service', 'render/curious.ts', '../lambdas/adapters/table.ts'],
  ['engines-alone-need-no-service', 'render/caller.ts', '@aws-sdk/client-s3'],
  ['command-line-stands-on-the-client', 'cli/impatient.ts', '../lambdas/domain/job.ts'],
  ['nobody-imports-tests', 'lambdas/runtime/tested.ts', '../../test/support/fake.ts'],
];

/** What the criminals import, and what breaks no rule at all. */
const INNOCENT: Readonly<Record<string, string>> = {
  'bin/app.ts': "import '../lib/config.ts';",
  'lib/config.ts': "import 'aws-cdk-lib';\nimport '../lambdas/contract.ts';",
  'lambdas/domain/egg.ts': "import './chicken.ts';",
  'lambdas/domain/job.ts': "import 'zod';\nimport 'node:crypto';",
  'lambdas/adapters/table.ts': "import '@aws-sdk/client-dynamodb';\nimport '../domain/job.ts';",
  'lambdas/runtime/env.ts': 'export const table = process.env.TABLE;',
  'lambdas/functions/status/look-up.ts': "import '../../domain/job.ts';",
  'lambdas/renderers/pdf/index.ts': "import 'pdf-lib';\nimport '../../domain/job.ts';",
  'lambdas/renderers/xlsx/cells.ts': "import '../../domain/job.ts';",
  'lambdas/functions/worker/handler.ts': "import '../../renderers/pdf/index.ts';\nimport '../../adapters/table.ts';",
  'client/index.ts': "import type { Job } from '../lambdas/domain/job.ts';\nimport './types.ts';",
  'client/types.ts': 'export type Id = string;',
  'test/support/fake.ts': "import '../../lambdas/domain/job.ts';",
};

let root: string;
let findings: Findings;

function plant(file: string, source: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), `${source}\n`);
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'quire-imports-'));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
  plant('package.json', '{ "type": "module", "devDependencies": { "fast-check": "*" } }');
  for (const [file, source] of Object.entries(INNOCENT)) plant(file, source);
  for (const [, file, imported] of CRIMES) plant(file, `import '${imported}';`);
  plant('lambdas/domain/curious.ts', '/* not this: process.env */ export const stage = process.env.STAGE;');
  findings = await cruiseTree(root);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the import rules', () => {
  it.each(CRIMES)('%s is broken by %s, which imports %s', (rule, file) => {
    expect(findings.violations).toContainEqual(expect.objectContaining({ rule, from: file }));
  });

  it('find nothing wrong with the files that keep to them', () => {
    const guilty = new Set(findings.violations.map(({ from }) => from));
    const innocent = Object.keys(INNOCENT).filter((file) => file !== 'lambdas/domain/egg.ts');
    expect(innocent.filter((file) => guilty.has(file))).toEqual([]);
  });

  it('are all broken by some file here', async () => {
    const { forbidden = [] } = await extractConfig(join(import.meta.dirname, '../../.dependency-cruiser.cjs'));
    const rules = forbidden.map(({ name }) => name);
    expect(new Set(CRIMES.map(([rule]) => rule))).toEqual(new Set(rules));
  });

  it('look at every file of the tree', () => {
    expect(findings.unseen).toEqual([]);
  });
});

it('a file that reads the environment beside runtime/env.ts is found', () => {
  expect(environmentReaders(root)).toEqual(['lambdas/domain/curious.ts']);
});
