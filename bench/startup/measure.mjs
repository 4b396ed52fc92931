// Imports one file in a fresh process and prints what it took. The warning about old Nodes would be printed into it.
const started = performance.now();
const { user, system } = process.cpuUsage();
await import(process.argv[2]);
const used = process.cpuUsage({ user, system });
console.log(JSON.stringify({ wallMs: performance.now() - started, cpuMs: (used.user + used.system) / 1000 }));
process.exit(0); // an open handle of a client is no part of the start
