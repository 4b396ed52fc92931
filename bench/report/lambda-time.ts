import type { Prices } from '../prices/prices.ts';
import type { Measurement } from '../results.ts';

/** At which a function has one whole vCPU; below and above it has as much less and more. */
export const MB_PER_VCPU = 1769;
/** A function may run no longer. */
const LONGEST_SECONDS = 900;
/** Of the memory, so much may be filled: Node and the sandbox need the rest. */
const FILLED = 0.9;

/** What one report costs the worker at one memory setting. */
export interface WorkerTime {
  readonly seconds: number;
  readonly usd: number;
  /** Why it cannot be done there. */
  readonly obstacle?: 'memory' | 'time';
}

/** What was measured of one report of ours. */
export interface Measured {
  readonly all: Measurement;
  readonly one: Measurement | undefined;
}

/** Ours by number of rows, `quire` alone. */
export function measuredReports(measurements: readonly Measurement[]): Measured[] {
  const own = measurements.filter(({ name }) => name === 'quire');
  const onAll = own.filter(({ cores }) => cores === 'all').sort((a, b) => a.rows - b.rows);
  return onAll.map((all) => ({ all, one: own.find(({ cores, rows }) => cores === 'one' && rows === all.rows) }));
}

/**
 * What a Lambda function of so much memory would take, by arithmetic: CPU time over its share of a vCPU up to one vCPU,
 * wall time on all cores (two, on the machine of the bench) from two on, and in between whichever is longer.
 */
export function workerTime({ all, one }: Measured, memoryMb: number, prices: Prices): WorkerTime {
  const vcpus = memoryMb / MB_PER_VCPU;
  const onOne = Math.max(one?.wallSeconds ?? 0, all.cpuSeconds);
  const seconds = Math.max(onOne / vcpus, all.wallSeconds);
  const { lambdaGbSecondArm64, lambdaRequest } = prices.prices;
  const usd = (seconds * memoryMb * lambdaGbSecondArm64.usd) / 1024 + lambdaRequest.usd;
  if (Math.max(all.peakRssMiB, one?.peakRssMiB ?? 0) > memoryMb * FILLED) return { seconds, usd, obstacle: 'memory' };
  return seconds > LONGEST_SECONDS ? { seconds, usd, obstacle: 'time' } : { seconds, usd };
}
