const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Seconds before each try, counted from the one before it: over 27 hours, time for a receiver to be mended in office
 * hours. The first tries and their times are those of Svix, which wrote most of Standard Webhooks.
 * @see https://docs.svix.com/retries
 */
const WAITS = [0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR] as const;

/** Waits spread by a tenth either way, so that a receiver that comes back is not met by all at once. */
const JITTER = 0.1;

export const CALLBACK_TRIES = WAITS.length;

/**
 * How long to wait before the next try, in seconds; `undefined` when all tries are used up.
 * @param made how many tries have been made
 * @param random between 0 and 1
 */
export function callbackWait(made: number, random: number): number | undefined {
  const wait = WAITS[made];
  return wait === undefined ? undefined : Math.round(wait * (1 - JITTER + 2 * JITTER * random));
}
