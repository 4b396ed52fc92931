import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type CompositeAlarm,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Config } from '../../config.ts';
import { BurnRate } from './burn-rate.ts';
import { type Measured, POST, STATUS } from './measured.ts';
import { availability, jobsInTime } from './objectives.ts';

/** An alarm that somebody is called for; the runbook has a heading of the same name. */
export type Waking = Alarm | CompositeAlarm;

export interface AlarmsProps {
  readonly service: string;
  readonly measured: Measured;
  readonly config: Config;
}

interface Threshold {
  readonly metric: IMetric;
  readonly atLeast: number;
  /** Periods in a row; one, unless said. */
  readonly periods?: number;
}

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);
const QUARTER = Duration.minutes(15);

/** How late the stream may be, and how late the sweeper. */
const STREAM_AGE_MILLISECONDS = 5 * 60_000;

/** Every alarm of the service. What each means and what to do about it: docs/runbook.md. */
export class Alarms extends Construct {
  readonly waking: readonly Waking[];
  readonly #service: string;

  constructor(scope: Construct, id: string, { service, measured, config }: AlarmsProps) {
    super(scope, id);
    this.#service = service;
    const { slo } = config;
    const single: Record<string, Threshold> = {
      // The dead-letter function takes what names a job; what stays is what it could make nothing of.
      DeadLetters: { metric: measured.waiting('deadLetterQueue', MINUTE), atLeast: 1, periods: 5 },
      CallbackDeadLetters: { metric: measured.waiting('callbackDeadLetterQueue', FIVE_MINUTES), atLeast: 1 },
      QueueOld: { metric: measured.oldestMessage(FIVE_MINUTES), atLeast: slo.jobSeconds, periods: 3 },
      ServiceFaults: { metric: measured.own('Faults', FIVE_MINUTES), atLeast: 1 },
      BackgroundErrors: { metric: measured.backgroundErrors(QUARTER), atLeast: 3 },
      WorkerThrottled: { metric: measured.lambda('worker', 'Throttles', FIVE_MINUTES), atLeast: 1, periods: 3 },
      JobsStuck: { metric: measured.own('Swept', QUARTER), atLeast: 20 },
      OutsideOutage: { metric: measured.own('Hindered', FIVE_MINUTES), atLeast: 5 },
      StreamBehind: { metric: measured.streamAge(FIVE_MINUTES), atLeast: STREAM_AGE_MILLISECONDS },
    };
    const rates = [
      new BurnRate(this, 'PostAvailability', service, availability(measured, POST, slo.availability)),
      new BurnRate(this, 'StatusAvailability', service, availability(measured, STATUS, slo.availability)),
      new BurnRate(this, 'JobsInTime', service, jobsInTime(measured, slo)),
    ];
    this.waking = [
      ...Object.entries(single).map(([name, threshold]) => this.alarm(name, threshold)),
      this.silentSweeper(measured.own('SweepRounds', FIVE_MINUTES)),
      ...rates.flatMap(({ fast, slow }) => [fast, slow]),
    ];
  }

  private alarm(name: string, { metric, atLeast, periods = 1 }: Threshold): Alarm {
    return this.make(name, {
      metric,
      threshold: atLeast,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Silence is an idle service; the sweeper, which is never idle, has an alarm for silence.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private silentSweeper(metric: IMetric): Alarm {
    return this.make('SweeperSilent', {
      metric,
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private make(name: string, props: AlarmProps): Alarm {
    const alarmName = `${this.#service}-${name}`;
    return new Alarm(this, name, { ...props, alarmName, alarmDescription: `docs/runbook.md, ${name}` });
  }
}
