import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { EXPLANATIONS, oneLine } from './explained.ts';
import { sourcesOf } from './files.ts';
import { instrument } from './instrument.ts';
import type { Coverage } from './ledger.ts';
import { ordersFor } from './orders.ts';
import { outcomesOf, scoreOf } from './outcomes.ts';
import { mutationPage } from './report.ts';

/** The mutants of one source, which is written to the disk for them. */
async function mutantsOf(source: string) {
  const root = mkdtempSync(`${tmpdir()}/quire-mutants-`);
  writeFileSync(`${root}/a.ts`, source);
  return (await instrument(root, ['a.ts'])).mutants;
}

const reach = (name: string, hits: Record<string, number>, cpuMs = 1) => ({ name, ms: cpuMs, cpuMs, hits });
const coverage = (file: string, tests: Coverage['tests'], loading = {}): Coverage => ({
  file,
  loading,
  tests,
  red: [],
});

it('sentences and names of events are left as they are, codes and names are not', async () => {
  const mutants = await mutantsOf(`
    log.warn('sent late', { id: 'a b' });
    throw new Problem('NOT_FOUND', 'There is no such job.');
    const when = 'attribute_not_exists(id) AND #a = :b';
    z.string().meta({ description: 'How often.' });
  `);
  const texts = mutants.filter(({ mutator }) => mutator === 'StringLiteral');
  expect(texts.filter(({ ignored }) => ignored !== undefined).map(({ original }) => original)).toEqual([
    "'sent late'",
    "'There is no such job.'",
    "'How often.'",
  ]);
  expect(texts.filter(({ ignored }) => ignored === undefined).map(({ original }) => original)).toEqual([
    "'a b'",
    "'NOT_FOUND'",
    "'attribute_not_exists(id) AND #a = :b'",
  ]);
  const [empty] = await mutantsOf('const parse = () => { try { f(); } catch { return undefined; } };').then((all) =>
    all.filter(({ original }) => original === '{ return undefined; }'),
  );
  expect(empty?.ignored).toBe('a block that returns nothing, as the empty one does');
});

it('a mutant is tried by the tests that reach it, those beside its source first, until one is red', async () => {
  const [first] = await mutantsOf('export const isSmall = (n: number) => n < 3;');
  const mutant = { ...first!, id: '7', file: 'lambdas/domain/small.ts' };
  const far = coverage('test/system/far.test.ts', [reach('far', { 7: 2 })]);
  const near = coverage('test/domain/small.test.ts', [reach('one', { 7: 1 }), reach('other', { 8: 1 })]);
  const slow = coverage('test/system/slow.test.ts', [reach('slow', { 7: 1 }, 60_000)]);
  const all = [far, slow, near];
  const round = ordersFor(all, [mutant], []);
  expect(round).toEqual([
    { file: near.file, orders: [{ id: '7', isStatic: false, tests: ['one'], hitLimit: 200, limitMs: 10_010 }] },
  ]);
  const lived = { id: '7', file: near.file, status: 'survived', ms: 1 } as const;
  expect(ordersFor(all, [mutant], [lived]).map(({ file }) => file)).toEqual([far.file]);
  const fell = { id: '7', file: far.file, status: 'killed', by: 'far', ms: 1 } as const;
  expect(ordersFor(all, [mutant], [lived, fell])).toEqual([]);
  expect(outcomesOf([mutant], all, [lived, fell], 'abc')[0]).toMatchObject({
    status: 'killed',
    by: `${far.file}: far`,
  });
  expect(outcomesOf([mutant], all, [lived], 'abc')[0]?.status).toBe('untried');
  expect(outcomesOf([mutant], all, [lived, { ...fell, status: 'survived' }], 'abc')[0]?.status).toBe('survived');
  expect(outcomesOf([mutant], [], [], 'abc')[0]?.status).toBe('uncovered');
});

it('what is reached while a file is loaded is tried by all of its tests', async () => {
  const [first] = await mutantsOf('export const LIMIT = 3 + 4;');
  const file = coverage('test/domain/limit.test.ts', [reach('one', {}), reach('other', {})], { 0: 1 });
  expect(ordersFor([file], [{ ...first!, file: 'lambdas/domain/limit.ts' }], [])[0]?.orders[0]?.tests).toEqual([
    'one',
    'other',
  ]);
});

it('the page tells the score, what lived, and what nobody explained', async () => {
  const made = await mutantsOf('export const isSmall = (n: number) => n < 3;');
  const outcomes = made.map((mutant, i) => ({
    ...mutant,
    file: 'lambdas/domain/small.ts',
    commit: 'abc',
    status: i === 0 ? ('survived' as const) : ('killed' as const),
  }));
  expect(scoreOf(outcomes)).toMatch(/^4 of 5 mutants noticed: 80.0 %$/);
  const page = mutationPage({ outcomes });
  expect(page).toContain('Tried: 5 on `abc`');
  expect(page).toContain('### Not explained: 1');
  expect(page).toContain('- `lambdas/domain/small.ts:1` `(n: number) => n < 3` → `() => undefined`');
});

it('every explanation is about text that still stands in the source', () => {
  for (const { file, original = '' } of EXPLANATIONS) {
    const sources = file.endsWith('/') ? sourcesOf([file]) : [file];
    const texts = sources.map((source) => oneLine(readFileSync(source, 'utf8')));
    expect(
      texts.some((text) => text.includes(original)),
      `${file}: ${original}`,
    ).toBe(true);
  }
});
