import { METRICS, METRICS_NAMESPACE, type MetricName } from '../contract.ts';
import type { Measures } from '../domain/measures.ts';
import type { Fields, Log } from '../domain/ports.ts';
import { serviceName } from './env.ts';

/** Lambda gives an execution environment one invocation at a time, so what is known of it can stand here. */
let invocation: Fields = {};

/** Begins an invocation: every line until the next one bears its names. */
export function beginInvocation(fields: Fields): void {
  invocation = fields;
}

/** Adds what is learned later, such as the call or the message that the invocation is about. */
export function knownOfInvocation(fields: Fields): void {
  invocation = { ...invocation, ...fields };
}

/**
 * One JSON object a line: what Lambda's JSON log format takes as it is. Fields are ids, sizes, durations and codes;
 * of an error its name, its message and its stack are kept, which come from code and never from rows.
 */
export const log: Log = {
  info: (event, fields) => write('INFO', event, fields),
  warn: (event, fields) => write('WARN', event, fields),
  error: (event, fields, cause) => write('ERROR', event, { ...fields, ...causeOf(cause) }),
  measure: (event, fields, measures) => write('INFO', event, { ...fields, ...embedded(fields, measures, Date.now()) }),
};

function write(level: string, event: string, fields: object = {}): void {
  const line = { timestamp: new Date().toISOString(), level, event, ...invocation, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/**
 * The part of a line that CloudWatch makes metrics of.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param now epoch milliseconds
 */
export function embedded(fields: Fields, measures: Measures, now: number): object {
  const names = Object.keys(measures) as MetricName[];
  if (names.length === 0) return {};
  const CloudWatchMetrics = [directive(['Service'], names)];
  // Which failure it was shows an operator where to look; of everything else the sum is enough.
  if (names.includes('Failed') && fields.code !== undefined) {
    CloudWatchMetrics.push(directive(['Service', 'code'], ['Failed']));
  }
  return { _aws: { Timestamp: now, CloudWatchMetrics }, Service: serviceName(), ...measures };
}

function directive(dimensions: readonly string[], names: readonly MetricName[]) {
  const Metrics = names.map((Name) => ({ Name, Unit: METRICS[Name] }));
  return { Namespace: METRICS_NAMESPACE, Dimensions: [dimensions], Metrics };
}

function causeOf(cause: unknown) {
  if (cause === undefined) return {};
  if (!(cause instanceof Error)) return { error: { name: typeof cause } };
  const { name, message, stack } = cause;
  const inner = cause.cause instanceof Error ? `${cause.cause.name}: ${cause.cause.message}` : undefined;
  return { error: { name, message, stack, cause: inner } };
}
