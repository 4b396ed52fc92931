// Loads one module in a fresh process and prints how long that took: `node import.mjs <url>`. CommonJS by `require`, as
// Lambda does.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [, , url] = process.argv;
const require = createRequire(import.meta.url);
const started = performance.now();
const cpu = process.cpuUsage();
if (url.endsWith('.cjs')) require(fileURLToPath(url));
else await import(url);
const milliseconds = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ milliseconds, cpuMilliseconds: (user + system) / 1000 }));
