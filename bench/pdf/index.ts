import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Contestant, type Measurement, measure, summary } from '../harness.ts';
import { prepared } from '../peers.ts';
import { GROUPS } from './contestants.ts';

const RESULTS = 'bench/results/pdf.json';
const COLUMNS = 6;
/** Beyond this one more run of a slow peer would tell nothing new, and take as long as all others together. */
const LONG_SECONDS = 10;
const HELP = `npm run bench -- pdf [options]
  --rows 2000,20000,200000   how many rows
  --repeat 5                 how often each; the fastest run counts; those over ${LONG_SECONDS} s run once
  --only quire,pdfkit        these contestants alone
  --save                     write ${RESULTS} even when not all took part`;

/** Measures the PDF engine against its peers, each run in a fresh process, all in one go. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '2000,20000,200000' },
      repeat: { type: 'string', default: '5' },
      only: { type: 'string' },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const only = values.only?.split(',');
  const chosen = await prepared(GROUPS, only);
  const results: Measurement[] = [];
  for (const rows of values.rows.split(',').map(Number)) {
    results.push(...(await measureAll(chosen, rows, Number(values.repeat))));
  }
  console.log(summary(results, 'quire'));
  if (only !== undefined && !values.save) return;
  await mkdir('bench/results', { recursive: true });
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nWritten to ${RESULTS}.`);
}

async function measureAll(chosen: readonly Contestant[], rows: number, repeat: number): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const contestant of chosen) {
    if (rows > (contestant.maxRows ?? Number.POSITIVE_INFINITY)) continue;
    process.stderr.write(`${contestant.name}, ${rows} rows\n`);
    const options = { rows, columns: COLUMNS, repeat, longSeconds: LONG_SECONDS, extension: 'pdf' };
    const result = await measure(contestant, options);
    if (result !== undefined) results.push(result);
  }
  return results;
}
