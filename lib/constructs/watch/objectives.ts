import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Objectives } from '../../config.ts';
import type { Objective } from './burn-rate.ts';
import type { Measured, Route } from './measured.ts';

/** So few bad events say nothing of a rate: of three calls in a night, one is a third. */
const FEWEST = 3;

/** Of the calls of a route, those that the service could not answer. A refusal (4xx) is an answer. */
export function availability(measured: Measured, route: Route, target: number): Objective {
  return {
    target,
    bad: (period) =>
      share(period, {
        bad: measured.route('5XXError', route, period, Stats.SUM),
        total: measured.route('Count', route, period, Stats.SUM),
      }),
  };
}

/** Of the jobs that ended, those that the service failed, and those that took too long. */
export function jobsInTime(measured: Measured, { jobsInTime: target, jobSeconds }: Objectives): Objective {
  return {
    target,
    bad: (period) =>
      share(period, {
        bad: measured.own('Faults', period),
        late: measured.own('JobSeconds', period, `TC(${jobSeconds}:)`),
        total: measured.own('JobSeconds', period, Stats.SAMPLE_COUNT),
      }),
  };
}

type Period = Parameters<Objective['bad']>[0];

function share(period: Period, usingMetrics: { bad: MetricOf; late?: MetricOf; total: MetricOf }): MathExpression {
  const { late, ...others } = usingMetrics;
  const bad = late === undefined ? 'FILL(bad, 0)' : '(FILL(bad, 0) + FILL(late, 0))';
  return new MathExpression({
    expression: `IF(${bad} >= ${FEWEST}, ${bad} / total, 0)`,
    usingMetrics: { ...others, ...(late !== undefined && { late }) },
    period,
    label: 'share of bad ones',
  });
}

type MetricOf = ReturnType<Measured['own']>;
