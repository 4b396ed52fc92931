import type { Environment } from '../contract.ts';
import type { RescueSettings } from '../rescue/rescue-job.ts';
import { whole } from './env.ts';

/** The sweeper and the dead-letter function decide by the same numbers. */
export function rescueSettings(env: Environment<'sweeper'> | Environment<'deadLetter'>): RescueSettings {
  return {
    maxAttempts: whole(env.MAX_ATTEMPTS),
    queuedMaxAge: whole(env.QUEUED_MAX_AGE_SECONDS),
    queuedWait: whole(env.QUEUED_WAIT_SECONDS),
    reportRetention: whole(env.REPORT_RETENTION_SECONDS),
  };
}
