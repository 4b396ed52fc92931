/** In seconds. */
interface Backoff {
  readonly backoffBase: number;
  readonly backoffCap: number;
}

/**
 * How long to wait after the n-th failed attempt (1, 2, …), in whole seconds: 5 s · 4^(n−1), ± 50 %, so that jobs that
 * failed together do not come back together.
 * @param random between 0 and 1.
 */
export function backoffSeconds(failedAttempts: number, { backoffBase, backoffCap }: Backoff, random: number): number {
  const full = backoffBase * 4 ** (failedAttempts - 1);
  return Math.max(1, Math.round(Math.min(full * (0.5 + random), backoffCap)));
}
