import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RESULTS_FOLDER } from '../folders.ts';
import { readPrices } from '../prices/prices.ts';
import { type Results, resultsSchema } from '../results.ts';
import { warmResultsSchema } from '../warm/results.ts';
import { barChart } from './chart.ts';
import { claim } from './claim.ts';
import { among, type Comparison, comparison } from './comparison.ts';
import { costBasis, costTables, type Times } from './cost.ts';
import { between } from './markers.ts';
import { provenance } from './provenance.ts';
import { serviceSection } from './service.ts';
import { type Sized, sizingTables } from './sizing.ts';
import { startupSection } from './startup.ts';
import { markdownTable } from './table.ts';
import { warmSection } from './warm.ts';

/** What is said of one suite: a table or more for the page, and for the README a picture and a sentence. */
export interface Section {
  readonly markdown: string;
  readonly chart?: { readonly title: string; readonly svg: string; readonly claim: string };
}

/** Makes a section of what a suite wrote to `bench/results/<name>.json`. */
type SectionMaker = (results: unknown) => Section;

/** One line per suite; the page has a pair of markers of the same name, and the README where there is a chart. */
const SECTIONS: Record<string, SectionMaker> = {
  xlsx: xlsxSection,
  pdf: pdfSection,
  'datasets-csv-xlsx': datasetsSection,
  'datasets-csv-pdf': datasetsSection,
  'datasets-parquet-xlsx': datasetsSection,
  warm: warmSection,
  service: serviceSection,
  startup: startupSection,
};

const README = 'README.md';
const PAGE = 'docs/benchmarks.md';

/** Everything that follows from the results at hand, by path: the pages, the README, and the charts. */
export async function reportFiles(): Promise<Map<string, string>> {
  const charts = new Map<string, string>();
  let [page, readme] = await Promise.all([readFile(PAGE, 'utf8'), readFile(README, 'utf8')]);
  for (const [name, make] of Object.entries(SECTIONS)) {
    const results = await resultsOf(name);
    if (results === undefined) continue;
    const { markdown, chart } = make(results);
    page = between(page, `bench:${name}`, markdown);
    if (chart === undefined) continue;
    const path = `docs/images/bench-${name}.svg`;
    charts.set(path, chart.svg);
    const picture = `![${chart.title}: time and memory beside the peers](${path})`;
    readme = between(readme, `bench:${name}`, `${picture}\n\n${chart.claim}`);
  }
  return new Map([[PAGE, page], [README, readme], ...charts, ...(await moneyFiles())]);
}

/** What a suite wrote, where it has run. */
async function resultsOf(name: string): Promise<unknown> {
  const path = `${RESULTS_FOLDER}/${name}.json`;
  return existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : undefined;
}

/** `npm run bench -- report`: writes the tables, the README's sentences and the charts from the results that are there. */
export async function run(): Promise<void> {
  for (const [path, content] of await reportFiles()) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    console.log(`Written: ${path}`);
  }
}

const WHOLE = 'peer that writes dates, number formats and safe text';

function xlsxSection(json: unknown): Section {
  const results = resultsSchema.parse(json);
  const all = comparison(results, 'quire');
  const full = among(all, ({ floor, lacks }) => floor || lacks.length === 0);
  const bare = among(all, ({ lacks }) => lacks.length > 0);
  const parts = ['### With types, formats and safety', markdownTable(full)];
  if (bare.contestants.length > 1) parts.push('### Bare', markdownTable(bare));
  return {
    markdown: [...parts, provenance(results)].join('\n\n'),
    chart: chart('Workbooks of 10 mixed columns', all, claim(all, 'rows of 10 mixed columns', WHOLE)),
  };
}

function pdfSection(json: unknown): Section {
  const results: Results = resultsSchema.parse(json);
  const all = comparison(results, 'quire');
  return {
    markdown: [markdownTable(all), provenance(results)].join('\n\n'),
    chart: chart('Tables of 6 columns on A4', all, claim(all, 'rows of 6 columns on A4')),
  };
}

function datasetsSection(json: unknown): Section {
  const results = resultsSchema.parse(json);
  return { markdown: [markdownTable(comparison(results, 'quire')), provenance(results)].join('\n\n') };
}

/** Reports of ours, by the suite that measures them. */
const SIZED = [
  { suite: 'xlsx', source: 'rows as they come', format: 'XLSX', columns: 10 },
  { suite: 'datasets-csv-xlsx', source: 'gzipped CSV', format: 'XLSX', columns: 10 },
  { suite: 'datasets-parquet-xlsx', source: 'Parquet', format: 'XLSX', columns: 10 },
  { suite: 'pdf', source: 'rows as they come', format: 'PDF', columns: 6 },
  { suite: 'datasets-csv-pdf', source: 'gzipped CSV', format: 'PDF', columns: 10 },
] as const;

/** The pages that turn measurements into dollars. */
async function moneyFiles(): Promise<[string, string][]> {
  const prices = readPrices();
  const sized: Sized[] = [];
  for (const { suite, ...report } of SIZED) {
    const results = await resultsOf(suite);
    if (results !== undefined) sized.push({ ...report, results: resultsSchema.parse(results) });
  }
  const sizing = between(await readFile('docs/sizing.md', 'utf8'), 'sizing', sizingTables(sized, prices));
  const calls = await resultsOf('calls');
  if (calls === undefined) return [['docs/sizing.md', sizing]];
  const tables = `${costTables(calls, await timesOf(sized), prices)}\n\n${costBasis(prices)}`;
  const cost = between(await readFile('docs/cost.md', 'utf8'), 'cost', tables);
  return [
    ['docs/sizing.md', sizing],
    ['docs/cost.md', cost],
  ];
}

async function timesOf(sized: readonly Sized[]): Promise<Times> {
  const warm = await resultsOf('warm');
  const of = (format: string) => sized.filter((each) => each.format === format).map(({ results }) => results);
  return { warm: warmResultsSchema.optional().parse(warm), suites: { xlsx: of('XLSX'), pdf: of('PDF') } };
}

function chart(title: string, all: Comparison, sentence: string): NonNullable<Section['chart']> {
  return { title, svg: barChart(title, all), claim: sentence };
}
