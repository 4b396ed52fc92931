import { METRICS_NAMESPACE } from '../../../lambdas/contract.ts';
import type { MemoryLog } from '../memory/log.ts';

export type Dimensions = Readonly<Record<string, string>>;

interface Point {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** Datapoints of metrics, as CloudWatch would hold them, and its statistics over them. */
export class MetricData {
  readonly #points = new Map<string, Point[]>();

  put(metric: string, dimensions: Dimensions, value: number, at: number): void {
    const key = keyOf(metric, dimensions);
    this.#points.set(key, [...(this.#points.get(key) ?? []), { at, value }]);
  }

  /** What the lines of a log count, under the service's name; the lines are taken to be of that time. */
  putLog(log: MemoryLog, service: string, at: number): void {
    for (const { measures = {} } of log.lines.splice(0)) {
      for (const [name, value] of Object.entries(measures)) {
        this.put(`${METRICS_NAMESPACE}/${name}`, { Service: service }, value, at);
      }
    }
  }

  /** The statistic over [from, to), or `undefined` where nothing was measured. */
  statistic(metric: string, dimensions: Dimensions, statistic: string, [from, to]: readonly [number, number]) {
    const points = this.#points.get(keyOf(metric, dimensions)) ?? [];
    const values = points.filter(({ at }) => at >= from && at < to).map(({ value }) => value);
    return values.length === 0 ? undefined : compute(statistic, values);
  }
}

function keyOf(metric: string, dimensions: Dimensions): string {
  return `${metric} ${JSON.stringify(Object.entries(dimensions).sort())}`;
}

function compute(statistic: string, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const above = /^TC\((\d+):\)$/.exec(statistic)?.[1];
  if (above !== undefined) return values.filter((value) => value > Number(above)).length;
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Maximum':
      return Math.max(...values);
    case 'SampleCount':
      return values.length;
    default:
      throw new Error(`The statistic ${statistic} is not known here.`);
  }
}
