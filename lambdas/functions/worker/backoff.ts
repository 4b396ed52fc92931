/** In seconds. */
interface Backoff {
  readonly backoffBase: number;
  readonly backoffCap: number;
}

const SPREAD = 0.5;

/**
 * How long to wait after the n-th attempt (1, 2, …), in whole seconds: 5 s · 4^(n−1), ± 50 %, so that jobs that failed
 * together do not come back together. The cap bounds what comes of it, and keeps the spread.
 * @param random between 0 and 1.
 */
export function backoffSeconds(attempts: number, { backoffBase, backoffCap }: Backoff, random: number): number {
  const full = Math.min(backoffBase * 4 ** (attempts - 1), backoffCap / (1 + SPREAD));
  return Math.max(1, Math.round(full * (1 - SPREAD + 2 * SPREAD * random)));
}
