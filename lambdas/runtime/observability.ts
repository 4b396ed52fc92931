import type { Log } from '../domain/ports.ts';

type Fields = Parameters<Log['info']>[1];

/**
 * One JSON object a line: what Lambda's JSON log format takes as it is. Fields are ids, sizes, durations and codes;
 * of an error its name, its message and its stack are kept, which come from code and never from rows.
 */
export const log: Log = {
  info: (event, fields) => write('INFO', event, fields),
  warn: (event, fields) => write('WARN', event, fields),
  error: (event, fields, cause) => write('ERROR', event, fields, cause),
};

function write(level: string, event: string, fields: Fields, cause?: unknown): void {
  const line = { timestamp: new Date().toISOString(), level, event, ...fields, ...causeOf(cause) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function causeOf(cause: unknown) {
  if (cause === undefined) return {};
  if (!(cause instanceof Error)) return { error: { name: typeof cause } };
  const { name, message, stack } = cause;
  const inner = cause.cause instanceof Error ? `${cause.cause.name}: ${cause.cause.message}` : undefined;
  return { error: { name, message, stack, cause: inner } };
}
