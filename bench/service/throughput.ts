import { quantile } from '../quantiles.ts';
import { requestOf } from './request.ts';

const CONNECTIONS = 10;
const WARM_UP_MS = 3_000;

export interface Throughput {
  readonly name: string;
  readonly connections: number;
  /** Answered with 202, a second. */
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p95: number;
}

/** Of each address, the round in which it answered most: other load on the machine can only lower it. */
export async function measureThroughput(
  addresses: Readonly<Record<string, string>>,
  rounds: number,
  roundMs: number,
): Promise<Throughput[]> {
  for (const url of Object.values(addresses)) await postFor(url, WARM_UP_MS);
  const best = new Map<string, Throughput>();
  for (let i = 0; i < rounds; i += 1) {
    for (const [name, url] of Object.entries(addresses)) {
      const round = summaryOf(name, await postFor(url, roundMs), roundMs);
      if (round.requestsPerSecond > (best.get(name)?.requestsPerSecond ?? 0)) best.set(name, round);
    }
  }
  return [...best.values()];
}

/** Posts over so many connections at once until the time is over; how long each answer took. */
async function postFor(url: string, milliseconds: number): Promise<number[]> {
  const body = JSON.stringify(requestOf('xlsx'));
  const headers = { 'content-type': 'application/json' };
  const taken: number[] = [];
  const end = performance.now() + milliseconds;
  const connection = async () => {
    for (let started = performance.now(); started < end; started = performance.now()) {
      const answer = await fetch(url, { method: 'POST', headers, body });
      await answer.arrayBuffer();
      if (answer.status !== 202) throw new Error(`${url} answered ${answer.status}`);
      taken.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return taken;
}

function summaryOf(name: string, taken: readonly number[], roundMs: number): Throughput {
  const requestsPerSecond = taken.length / (roundMs / 1000);
  return { name, connections: CONNECTIONS, requestsPerSecond, p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) };
}
