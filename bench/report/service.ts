import type { ServiceResults } from '../service/index.ts';
import { figure } from './comparison.ts';
import type { Section } from './index.ts';
import { aligned } from './table.ts';

/** From POST to file, and how many posts a second. */
export function serviceSection(results: unknown): Section {
  const { latency, throughput, node } = results as ServiceResults;
  const latencies = latency.map(({ format, p50, p95 }) => [
    `50 rows as ${format.toUpperCase()}`,
    figure(p50),
    figure(p95),
  ]);
  const throughputs = throughput.map(({ name, requestsPerSecond, p50, p95 }) => [
    name,
    figure(requestsPerSecond),
    figure(p50),
    figure(p95),
  ]);
  const [post, empty] = throughput;
  const share = Math.round((100 * (post?.requestsPerSecond ?? 0)) / (empty?.requestsPerSecond ?? Number.NaN));
  const markdown = [
    aligned(['from POST to the last byte of the file', 'p50 ms', 'p95 ms'], latencies),
    `${latency[0]?.reports} reports of each format, one after another, the functions warm, on Node ${node.replace('v', '')}.`,
    aligned([`over ${post?.connections} connections`, 'requests/s', 'p50 ms', 'p95 ms'], throughputs),
    `\`POST /generate\` holds ${share} % of what the emulator gives a function that does nothing. Both share two cores with the emulator and the client, so this says what a request costs and nothing about AWS.`,
  ].join('\n\n');
  return { markdown };
}
