/**
 * How every SDK client is set up. The defaults would wait for ever on a connection that died; a call that has not been
 * answered in these times is better tried again.
 */
export const QUICK = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** For calls that carry megabytes. */
export const BULK = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
} as const;
