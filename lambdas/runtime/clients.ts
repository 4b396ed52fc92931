/**
 * How every SDK client is set up. The defaults would wait for ever on a connection that died; a call that has not been
 * answered in these times is better tried again. All tries of one call end within the 10 s of the shortest function.
 */
export const QUICK = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** For calls that carry megabytes, in the worker alone: its deadline stops them. */
export const BULK = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
} as const;
