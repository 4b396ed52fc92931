import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { BACKGROUND, type Measured, POST, STATUS } from './measured.ts';

const WHOLE = 24;
const HALF = WHOLE / 2;
const PERIOD = Duration.minutes(5);

/** One page that answers, from the top, what somebody asks who was just woken. */
export class Dashboard extends Construct {
  readonly #dashboard: CloudWatchDashboard;

  constructor(scope: Construct, id: string, service: string, measured: Measured) {
    super(scope, id);
    this.#dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: service,
      defaultInterval: Duration.hours(6),
    });
    const own = (name: Parameters<Measured['own']>[0], statistic?: string) => measured.own(name, PERIOD, statistic);
    const route = (...of: [metric: 'Count' | '4XXError' | '5XXError' | 'Latency', statistic: string]) =>
      [POST, STATUS].map((each) =>
        measured.route(of[0], each, PERIOD, of[1]).with({ label: `${each.method} ${of[0]}` }),
      );
    this.question('1. Are callers answered?', [
      graph('Calls, refusals and faults', [
        ...route('Count', Stats.SUM),
        ...route('4XXError', Stats.SUM),
        ...route('5XXError', Stats.SUM),
      ]),
      graph('Latency (ms, p50 and p99)', [...route('Latency', 'p50'), ...route('Latency', 'p99')]),
    ]);
    this.question('2. Do jobs end, and how?', [
      graph('Jobs', [own('Accepted'), own('Replayed'), own('Done'), own('Failed'), own('Faults'), own('Cancelled')]),
      graph('Failures by code', [measured.failuresByCode(PERIOD)]),
    ]);
    this.question('3. How long do they take?', [
      graph('Seconds until the end, in the queue, and to render (p50, p99)', [
        ...(['JobSeconds', 'QueueSeconds', 'RenderSeconds'] as const).flatMap((name) => [
          own(name, 'p50'),
          own(name, 'p99'),
        ]),
      ]),
      graph('Rows and bytes', [own('Rows')], [own('Bytes')]),
    ]);
    this.question('4. Is anything stuck?', [
      graph(
        'Waiting messages',
        [
          measured.waiting('queue', PERIOD).with({ label: 'jobs' }),
          measured.waiting('deadLetterQueue', PERIOD).with({ label: 'dead letters' }),
          measured.waiting('callbackQueue', PERIOD).with({ label: 'callbacks' }),
          measured.waiting('callbackDeadLetterQueue', PERIOD).with({ label: 'undelivered callbacks' }),
        ],
        [measured.oldestMessage(PERIOD)],
      ),
      graph(
        'Pushes',
        [own('Swept'), own('Hindered'), own('DeadLetters'), own('CallbackFailures')],
        [own('Attempts', 'Average')],
      ),
    ]);
    this.question('5. What is near its limit?', [
      graph(
        'Workers at once, and throttled',
        [measured.lambda('worker', 'ConcurrentExecutions', PERIOD), measured.lambda('worker', 'Throttles', PERIOD)],
        [measured.lambda('worker', 'Duration', PERIOD)],
      ),
      graph(
        'Errors of functions',
        [...BACKGROUND.map((name) => measured.lambda(name, 'Errors', PERIOD).with({ label: name }))],
        [measured.streamAge(PERIOD)],
      ),
    ]);
  }

  private question(text: string, graphs: readonly GraphWidget[]): void {
    this.#dashboard.addWidgets(new TextWidget({ markdown: `## ${text}`, width: WHOLE, height: 1 }));
    this.#dashboard.addWidgets(...graphs);
  }
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, left, right, width: HALF, height: 6, period: PERIOD });
}
