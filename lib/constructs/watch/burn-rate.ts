import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** A promise about a share of calls or jobs. */
export interface Objective {
  /** What must go well, such as 0.999; the rest is the error budget of thirty days. */
  readonly target: number;
  /** The share that went badly in a period, from 0 to 1. */
  readonly bad: (period: Duration) => MathExpression;
}

/**
 * How fast the budget burns that wakes somebody: 14.4 times as fast as it may spends 2 % of a month's budget in an hour,
 * 6 times as fast spends 5 % in six hours. The short window ends the alarm soon after the fault has ended.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
const RATES = {
  Fast: { burn: 14.4, long: Duration.hours(1), short: Duration.minutes(5) },
  Slow: { burn: 6, long: Duration.hours(6), short: Duration.minutes(30) },
} as const;

/** Two alarms for one objective: its budget burns fast, or slowly but surely. */
export class BurnRate extends Construct {
  readonly fast: CompositeAlarm;
  readonly slow: CompositeAlarm;

  constructor(scope: Construct, name: string, service: string, objective: Objective) {
    super(scope, name);
    const alarm = (rate: keyof typeof RATES) => this.both(`${name}${rate}`, service, objective, RATES[rate]);
    this.fast = alarm('Fast');
    this.slow = alarm('Slow');
  }

  private both(
    name: string,
    service: string,
    { target, bad }: Objective,
    { burn, long, short }: (typeof RATES)[keyof typeof RATES],
  ): CompositeAlarm {
    const window = (part: string, period: Duration) =>
      new Alarm(this, `${name}${part}`, {
        alarmName: `${service}-${name}${part}`,
        alarmDescription: `A part of ${name}; notifies nobody by itself.`,
        metric: bad(period),
        threshold: burn * (1 - target),
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    const windows = [window('Long', long), window('Short', short)];
    return new CompositeAlarm(this, name, {
      compositeAlarmName: `${service}-${name}`,
      alarmDescription: `docs/runbook.md, ${name}`,
      alarmRule: AlarmRule.allOf(...windows.map((each) => AlarmRule.fromAlarm(each, AlarmState.ALARM))),
    });
  }
}
