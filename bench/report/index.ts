import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Measurement } from '../harness.ts';
import { barChart } from './chart.ts';
import { comparison } from './comparison.ts';
import { between } from './markers.ts';
import { serviceSection } from './service.ts';
import { startupSection } from './startup.ts';
import { markdownTable } from './table.ts';

/** What the README says of one suite: Markdown, and the pictures that it refers to, by path. */
export interface Section {
  readonly markdown: string;
  readonly images: ReadonlyMap<string, string>;
}

/** Makes a section of what a suite wrote to `bench/results/<name>.json`. */
type SectionMaker = (results: unknown) => Section;

/** One line per suite; the README has a pair of markers of the same name. */
const SECTIONS: Record<string, SectionMaker> = {
  startup: startupSection,
  xlsx: (results) => peers('xlsx', 'Workbooks of 10 mixed columns', results as Measurement[]),
  service: serviceSection,
  pdf: (results) => peers('pdf', 'Tables of 6 columns on A4', results as Measurement[]),
};

const README = 'README.md';

/** Everything that follows from the results at hand, by path: the README with its tables, and the charts. */
export async function reportFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  let readme = await readFile(README, 'utf8');
  for (const [name, make] of Object.entries(SECTIONS)) {
    const results = `bench/results/${name}.json`;
    if (!existsSync(results)) continue;
    const { markdown, images } = make(JSON.parse(await readFile(results, 'utf8')));
    readme = between(readme, `bench:${name}`, markdown);
    for (const [path, content] of images) files.set(path, content);
  }
  return files.set(README, readme);
}

/** `npm run bench -- report`: writes the README's tables and the charts from the results that are there. */
export async function run(): Promise<void> {
  for (const [path, content] of await reportFiles()) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    console.log(`Written: ${path}`);
  }
}

function peers(name: string, title: string, results: readonly Measurement[]): Section {
  const compared = comparison(results, 'quire');
  const path = `docs/images/bench-${name}.svg`;
  const markdown = `![${title}: time and memory beside the peers](${path})\n\n${markdownTable(compared)}`;
  return { markdown, images: new Map([[path, barChart(title, compared)]]) };
}
