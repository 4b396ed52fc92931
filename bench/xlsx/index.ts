import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Contestant, type Measurement, measure, summary } from '../harness.ts';
import { prepared } from '../peers.ts';
import { GROUPS, quireCommand } from './contestants.ts';
import { sheetXml } from './floor.ts';

const RESULTS = 'bench/results/xlsx.json';
const COLUMNS = 10;
const HELP = `npm run bench -- xlsx [options]
  --rows 50,10000,…,1000000      how many rows
  --repeat 3                    how often each; the fastest run counts
  --only quire,exceljs-stream   these contestants alone
  --save                        write ${RESULTS} even when not all took part`;

/** Measures the XLSX engine against its peers, each run in a fresh process, all in one go. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '50,10000,100000,1000000' },
      repeat: { type: 'string', default: '3' },
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
  if (chosen.some(({ name }) => name.startsWith('floor'))) await sheetXml(rows, quireCommand);
  for (const contestant of chosen) {
    if (rows > (contestant.maxRows ?? Number.POSITIVE_INFINITY)) continue;
    process.stderr.write(`${contestant.name}, ${rows} rows\n`);
    const result = await measure(contestant, { rows, columns: COLUMNS, repeat, extension: 'xlsx' });
    if (result !== undefined) results.push(result);
  }
  return results;
}
