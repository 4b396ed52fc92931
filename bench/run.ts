/**
 * `npm run bench -- startup|service|xlsx|pdf|warm|datasets|calls|report [options]`: each is `bench/<name>/index.ts` and exports `run(args)`.
 * Without a name all of them run in turn, and the tables of docs/benchmarks.md are regenerated.
 */
const SUITES = ['startup', 'service', 'xlsx', 'pdf', 'warm', 'datasets', 'calls', 'report'];

const [first, ...rest] = process.argv.slice(2);
const isNamed = first !== undefined && !first.startsWith('-');
if ((isNamed && !SUITES.includes(first)) || (!isNamed && process.argv.length > 2)) {
  console.error(`Usage: npm run bench [-- ${SUITES.join('|')} [options]]; "--help" shows the options of a suite.`);
  process.exit(2);
}
if (!isNamed) {
  console.log(`All suites in turn, which takes a long time; "npm run bench -- startup --quick" is the shortest.`);
}
for (const suite of isNamed ? [first] : SUITES) {
  if (!isNamed) console.log(`\n# ${suite}`);
  const { run } = (await import(`./${suite}/index.ts`)) as { run(args: readonly string[]): Promise<void> };
  await run(rest);
}

export {};
