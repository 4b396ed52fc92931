import type { Prices } from '../prices/prices.ts';
import type { Results } from '../results.ts';
import { figure, rowsText } from './comparison.ts';
import { MB_PER_VCPU, type Measured, measuredReports, workerTime } from './lambda-time.ts';
import { machineText } from './provenance.ts';
import { aligned } from './table.ts';

/** Half a vCPU, one, and two. */
export const MEMORY_MB = [885, MB_PER_VCPU, 3538] as const;

/** The results of one suite, and what its reports are. */
export interface Sized {
  readonly results: Results;
  readonly source: string;
  readonly format: string;
  readonly columns: number;
}

/** What each measured report takes: as it was measured, and by arithmetic at three memory settings of Lambda. */
export function sizingTables(sized: readonly Sized[], prices: Prices): string {
  const rows = sized.flatMap((each) =>
    measuredReports(each.results.measurements).map((measured) => ({ ...each, measured })),
  );
  const what = ({ source, format, columns, measured }: (typeof rows)[number]) => [
    `${rowsText(measured.all.rows)} × ${columns}, ${source} → ${format}`,
  ];
  const measuredLines = rows.map((row) => [...what(row), ...measuredCells(row.measured)]);
  const settings = rows.map((row) => [...what(row), ...MEMORY_MB.flatMap((mb) => cells(row.measured, mb, prices))]);
  const { usd } = prices.prices.lambdaGbSecondArm64;
  return [
    '### Measured',
    aligned(
      ['rows × columns, source → format', 'CPU s', 'wall s', 'one core: s', 'peak MiB', 'file MB'],
      measuredLines,
    ),
    machines(sized),
    '### By arithmetic, Lambda on arm64',
    aligned(
      ['rows × columns, source → format', ...MEMORY_MB.flatMap((mb) => [`${mb} MB: s`, '$ per 1,000'])],
      settings,
    ),
    `Seconds: one-core time over the share of a vCPU (memory / ${MB_PER_VCPU} MB), and never less than the wall time on two cores. Dollars: seconds × memory / 1024 × $${usd} per GB-second, and $${prices.prices.lambdaRequest.usd.toFixed(7)} for the invocation, a thousand times. _Memory_ and _time_ mark what does not fit into the setting or into 15 minutes. Prices: ${prices.region}, read on ${prices.read}.`,
  ].join('\n\n');
}

function measuredCells({ all, one }: Measured): string[] {
  const peak = Math.max(all.peakRssMiB, one?.peakRssMiB ?? 0);
  return [
    figure(all.cpuSeconds),
    figure(all.wallSeconds),
    figure(one?.wallSeconds ?? Number.NaN),
    String(Math.round(peak)),
    figure(all.bytes / 1e6),
  ];
}

function cells(measured: Measured, memoryMb: number, prices: Prices): string[] {
  const { seconds, usd, obstacle } = workerTime(measured, memoryMb, prices);
  return obstacle === undefined ? [figure(seconds), dollars(usd * 1000)] : [`_${obstacle}_`, '–'];
}

/** Three significant digits. */
export function dollars(usd: number): string {
  return usd === 0 ? '0' : usd.toLocaleString('en', { maximumSignificantDigits: 3, minimumSignificantDigits: 3 });
}

function machines(sized: readonly Sized[]): string {
  const texts = sized.map(({ results: { machine, to } }) => `${machineText(machine)}, on ${to.slice(0, 10)}`);
  return `Measured on ${[...new Set(texts)].join('; and on ')}.`;
}
