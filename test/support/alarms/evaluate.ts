import type { Template } from 'aws-cdk-lib/assertions';
import { resources, text } from '../../lib/synthesis.ts';
import type { Dimensions, MetricData } from './metrics.ts';

interface Stat {
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes
type Properties = Record<string, any>;

/**
 * The names of the alarms of a template that are in ALARM at a time, by the rules of CloudWatch as far as ours need them:
 * statistics, metric math of `+ - * /`, `IF` and `FILL`, missing data, periods in a row, composites of `ALARM(…) AND …`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function alarmsAt(template: Template, data: MetricData, now: number): string[] {
  const single = new Map(
    resources(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => [id, isInAlarm(Properties, data, now)]),
  );
  const wakes = resources(template, 'AWS::CloudWatch::Alarm').filter(([, { Properties }]) => Properties.AlarmActions);
  const composites = resources(template, 'AWS::CloudWatch::CompositeAlarm');
  return [
    ...wakes.filter(([id]) => single.get(id)),
    ...composites.filter(([, { Properties }]) => ruleHolds(text(Properties.AlarmRule), single)),
  ]
    .map(([, { Properties }]) => nameOf(Properties))
    .sort();
}

/** `Quire-QueueOld` → `QueueOld` */
export function nameOf({ AlarmName }: Properties): string {
  return String(AlarmName).split('-').at(-1) ?? '';
}

function ruleHolds(rule: string, single: ReadonlyMap<string, boolean>): boolean {
  const parts = rule.replace(/^\(|\)$/g, '').split(' AND ');
  return parts.every((part) => {
    const id = /^ALARM\("?\$\{(\w+)\.Arn\}"?\)$/.exec(part)?.[1];
    if (id === undefined || !single.has(id)) throw new Error(`The rule "${part}" is not understood.`);
    return single.get(id);
  });
}

function isInAlarm(alarm: Properties, data: MetricData, now: number): boolean {
  const { EvaluationPeriods, Threshold, ComparisonOperator, TreatMissingData } = alarm;
  const period = periodOf(alarm) * 1000;
  return Array.from({ length: EvaluationPeriods }, (_, i) => i).every((i) => {
    const value = measured(alarm, data, [now - (i + 1) * period, now - i * period]);
    if (value === undefined) return TreatMissingData === 'breaching';
    return compare(value, ComparisonOperator, Threshold);
  });
}

function compare(value: number, operator: string, threshold: number): boolean {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    default:
      throw new Error(`The operator ${operator} is not known here.`);
  }
}

function periodOf({ Period, Metrics = [] }: Properties): number {
  return Period ?? Metrics.map(({ MetricStat }: Properties) => MetricStat?.Period).find(Boolean);
}

function measured(alarm: Properties, data: MetricData, span: readonly [number, number]): number | undefined {
  const read = ({ metric, dimensions, statistic }: Stat) => data.statistic(metric, dimensions, statistic, span);
  if (alarm.MetricName) {
    return read(statOf(alarm, alarm.Statistic ?? alarm.ExtendedStatistic, alarm.Period));
  }
  const values = new Map<string, number | undefined>();
  let expression = '';
  for (const { Id, Expression, MetricStat } of alarm.Metrics) {
    if (Expression) expression = Expression;
    else values.set(Id, read(statOf(MetricStat.Metric, MetricStat.Stat, MetricStat.Period)));
  }
  return calculate(expression, values);
}

function statOf({ Namespace, MetricName, Dimensions = [] }: Properties, statistic: string, period: number): Stat {
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }: Properties) => [Name, text(Value)]));
  return { metric: `${Namespace}/${MetricName}`, dimensions, statistic, period };
}

/** Metric math: what is missing makes what is made of it missing, unless it is filled. */
function calculate(expression: string, values: ReadonlyMap<string, number | undefined>): number | undefined {
  const names = [...values.keys()];
  const IF = (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise);
  const FILL = (value: number | undefined, by: number) => value ?? by;
  const result = new Function('IF', 'FILL', ...names, `return ${expression}`)(IF, FILL, ...values.values());
  return Number.isNaN(result) ? undefined : result;
}
