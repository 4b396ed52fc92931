import type { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type FunctionName, METRICS_NAMESPACE, type MetricName } from '../../../lambdas/contract.ts';

/** The functions that exist whatever identifies the caller. */
export type Watching = Exclude<FunctionName, 'authorizer'>;

/** What is watched of a service. */
export interface Watched {
  readonly api: RestApi;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly callbackQueue: Queue;
  readonly callbackDeadLetterQueue: Queue;
  readonly functions: Readonly<Record<Watching, Lambda>>;
}

/** A route whose calls are counted, as API Gateway names it in its metrics. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

export const POST: Route = { method: 'POST', path: '/generate' };
export const STATUS: Route = { method: 'GET', path: '/status/{id}' };

/** The functions that nobody waits for, so that no status code shows their errors. */
export const BACKGROUND: readonly Watching[] = ['worker', 'sweeper', 'deadLetter', 'notify', 'callback'];

/** The metrics of one service, its own and those of what it is made of; the period is the caller's choice. */
export class Measured {
  readonly #service: string;
  readonly #watched: Watched;

  constructor(service: string, watched: Watched) {
    this.#service = service;
    this.#watched = watched;
  }

  /** One of our own. */
  own(metricName: MetricName, period: Duration, statistic: string = Stats.SUM, code?: string): Metric {
    const dimensionsMap = { Service: this.#service, ...(code !== undefined && { code }) };
    return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap, period, statistic });
  }

  /** `Failed`, one line for each code that there was. */
  failuresByCode(period: Duration): MathExpression {
    const search = `{${METRICS_NAMESPACE},Service,code} MetricName="Failed" Service="${this.#service}"`;
    return new MathExpression({
      expression: `SEARCH('${search}', 'Sum', ${period.toSeconds()})`,
      label: '',
      period,
    });
  }

  /** A metric of API Gateway for one route. */
  route(metricName: 'Count' | '4XXError' | '5XXError' | 'Latency', route: Route, period: Duration, statistic: string) {
    const { api } = this.#watched;
    return new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensionsMap: {
        ApiName: api.restApiName,
        Stage: api.deploymentStage.stageName,
        Method: route.method,
        Resource: route.path,
      },
      period,
      statistic,
    });
  }

  /** How many messages wait, at most, in a period. */
  waiting(queue: 'queue' | 'deadLetterQueue' | 'callbackQueue' | 'callbackDeadLetterQueue', period: Duration): Metric {
    return this.#watched[queue].metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM });
  }

  /** Seconds. SQS emits no metrics for an idle queue. */
  oldestMessage(period: Duration): Metric {
    return this.#watched.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM });
  }

  lambda(name: Watching, metric: 'Errors' | 'Throttles' | 'Duration' | 'ConcurrentExecutions', period: Duration) {
    const statistic = metric === 'Errors' || metric === 'Throttles' ? Stats.SUM : Stats.MAXIMUM;
    return this.#watched.functions[name].metric(metric, { period, statistic });
  }

  /** Invocations of the functions that nobody waits for which threw, ran out of time or died. */
  backgroundErrors(period: Duration): MathExpression {
    const usingMetrics: Record<string, IMetric> = {};
    for (const name of BACKGROUND) usingMetrics[name] = this.lambda(name, 'Errors', period);
    const expression = BACKGROUND.map((name) => `FILL(${name}, 0)`).join(' + ');
    return new MathExpression({ expression, usingMetrics, period, label: 'errors' });
  }

  /** How far the stream of job ends has been followed, in milliseconds. */
  streamAge(period: Duration): Metric {
    return this.#watched.functions.notify.metric('IteratorAge', { period, statistic: Stats.MAXIMUM });
  }
}
