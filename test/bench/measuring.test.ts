import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAgain } from '../../bench/field.ts';
import type { Contestant } from '../../bench/harness.ts';
import { fingerprintOf, Journal } from '../../bench/journal.ts';
import { Measuring } from '../../bench/measuring.ts';
import type { Suite } from '../../bench/suite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quire-bench-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const WRITE = `
  const [, rows, file] = process.argv;
  require('fs').writeFileSync(file, 'x'.repeat(Number(rows)));
  console.log(JSON.stringify({ cpuSeconds: 0.5, peakRssMiB: 30 }));
`;

/** A program of its own that writes as many bytes as rows. */
function contestant(name: string, source = WRITE): Contestant {
  const files = [join(folder, `${name}.cjs`)];
  writeFileSync(files[0] as string, source);
  const command = (rows: number, file: string) => [process.execPath, '-e', source, String(rows), file];
  return { name, version: '1', command, files };
}

const suite = (check: Suite['check'] = async () => []): Suite => ({
  name: 'test',
  extension: 'txt',
  groups: [],
  rows: [10],
  repeat: 2,
  check,
  tableOf: (lacks) => lacks.join(),
});

const open = () => Journal.open('test', false, folder);

describe('measuring', () => {
  it('keeps the fastest of the runs, the size of the file, and what a reader missed', async () => {
    const measuring = new Measuring(
      suite(async () => ['dates']),
      [contestant('quire')],
      open(),
    );
    await measuring.size(10, 'all', 2);
    const [measurement] = measuring.measurements([10]);
    expect(measurement).toMatchObject({ name: 'quire', rows: 10, cores: 'all', runs: 2, bytes: 10, cpuSeconds: 0.5 });
    expect(measuring.facts()).toEqual([{ name: 'quire', version: '1', lacks: ['dates'] }]);
  });

  it('goes on after a stop without the runs that were made, and checks no file twice', async () => {
    let checks = 0;
    const counting = suite(async () => {
      checks += 1;
      return [];
    });
    await new Measuring(counting, [contestant('quire')], open()).size(10, 'all', 1);
    appendFileSync(join(folder, 'test.jsonl'), '{"type":"run","na'); // as a process that is killed leaves it
    const later = new Measuring(counting, [contestant('quire')], open());
    await later.size(10, 'all', 2);
    expect(later.resumed).toBe(1);
    expect(later.measurements([10])[0]).toMatchObject({ runs: 2 });
    expect(checks).toBe(1);
  });

  it('measures a contestant that has changed again', async () => {
    await new Measuring(suite(), [contestant('quire')], open()).size(10, 'all', 1);
    const changed = new Measuring(suite(), [contestant('quire', `${WRITE}\n`)], open());
    await changed.size(10, 'all', 1);
    expect(changed.resumed).toBe(0);
  });

  it.each([
    ['fails', 'process.exit(3)', async () => [], 'ended with 3'],
    [
      'writes what no reader opens',
      WRITE,
      async () => {
        throw new Error('9 rows');
      },
      '9 rows',
    ],
  ])('leaves out with a reason who %s, and goes on', async (_what, source, check, reason) => {
    const checkOnlyPeer: Suite['check'] = ({ name }) => (name === 'peer' ? check() : Promise.resolve([]));
    const measuring = new Measuring(suite(checkOnlyPeer), [contestant('peer', source), contestant('quire')], open());
    await measuring.size(10, 'all', 2);
    expect(measuring.failures).toEqual([{ name: 'peer', rows: 10, reason: expect.stringContaining(reason) }]);
    expect(measuring.measurements([10]).map(({ name }) => name)).toEqual(['quire']);
  });
});

describe('as often as ours run', () => {
  const placed = (name: string, wallSeconds: number, table = 'full') => ({ name, wallSeconds, table });

  it('what is no product, and the five fastest peers of each table', () => {
    const slow = Array.from({ length: 7 }, (_, i) => placed(`full-${i}`, 10 + i));
    const bare = Array.from({ length: 6 }, (_, i) => placed(`bare-${i}`, 30 - i, 'bare'));
    const again = runAgain([placed('quire', 90), placed('quire-tagged', 99), placed('floor-x', 95), ...slow, ...bare]);
    const fastest = [
      'full-0',
      'full-1',
      'full-2',
      'full-3',
      'full-4',
      'bare-1',
      'bare-2',
      'bare-3',
      'bare-4',
      'bare-5',
    ];
    expect([...again].sort()).toEqual(['quire', 'quire-tagged', 'floor-x', ...fastest].sort());
  });

  it('everybody who takes less than a second', () => {
    const quick = Array.from({ length: 9 }, (_, i) => placed(`peer-${i}`, 0.1 * (i + 1)));
    expect(runAgain([...quick, placed('late', 1)])).toEqual(new Set(quick.map(({ name }) => name)));
  });
});

it('the same files have the same fingerprint wherever they lie, changed ones another', () => {
  const here = contestant('one');
  const before = fingerprintOf(here);
  expect(before).toBe(fingerprintOf({ files: here.files }));
  appendFileSync(here.files[0] as string, '\n');
  expect(fingerprintOf(here)).not.toBe(before);
});
