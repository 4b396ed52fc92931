/** `npm run bench -- xlsx|pdf|service|report [options]`: each is `bench/<name>/index.ts` and exports `run(args)`. */
const SUITES = ['xlsx', 'pdf', 'service', 'report'];

const [suite, ...args] = process.argv.slice(2);
if (suite === undefined || !SUITES.includes(suite)) {
  console.error(`Usage: npm run bench -- ${SUITES.join('|')} [options]; "--help" tells a suite's options.`);
  process.exit(2);
}
const { run } = (await import(`./${suite}/index.ts`)) as { run(args: readonly string[]): Promise<void> };
await run(args);

export {};
