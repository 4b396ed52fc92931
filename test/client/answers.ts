import type { Job } from '../../client/index.ts';
import { JOBS, problemExample } from '../../local/docs/openapi/examples.ts';
import type { Scripted } from './server.ts';

/** The example of a job that stands there, changed. */
export const job = (name: string, changes: Partial<Job> = {}): Job => ({ ...(JOBS[name] as Job), ...changes });

/** The answer to a call that is refused. */
export function refused(code: Parameters<typeof problemExample>[0], headers: Record<string, string> = {}): Scripted {
  const body = problemExample(code, '/generate');
  return { status: body.status ?? 500, headers, body };
}
