/** What the process used so far, in the form that the harness reads. */
export function printUsage() {
  const { user, system } = process.cpuUsage();
  const peakRssMiB = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakRssMiB }));
}
