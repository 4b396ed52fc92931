import { type Compared, type Comparison, figure, rowsText } from './comparison.ts';

/**
 * One sentence on the largest size: what the reference took, and the peers next to it on either side. A peer that was
 * not asked for that many rows is not in it.
 * @param what follows the number of rows: "rows of 10 mixed columns"
 */
export function claim({ contestants, sizes, reference }: Comparison, what: string): string {
  const most = sizes.at(-1) ?? 0;
  const measured = contestants.filter(({ largest, floor }) => !floor && largest.rows === most);
  const own = measured.find(({ name }) => name === reference);
  if (own === undefined) throw new Error(`${reference} was not measured with ${most} rows`);
  const peers = measured.filter(({ ours }) => !ours);
  const { wallSeconds, peakRssMiB } = own.largest;
  const took = `Quire writes ${rowsText(most)} ${what} in ${figure(wallSeconds)} s and ${Math.round(peakRssMiB)} MiB of memory`;
  return `${[took, ...against(peers)].join('; ')}.`;
}

/** Every faster peer by name, and the first of the slower ones. */
function against(peers: readonly Compared[]): string[] {
  const faster = peers.filter(({ ratio }) => ratio < 1);
  const next = peers.find(({ ratio }) => ratio >= 1);
  const slower = faster.length > 0 ? 'the next peer' : 'the fastest peer measured';
  return [
    ...faster.map(({ name, ratio }) => `${name} takes ${figure(ratio)} times as long`),
    ...(next === undefined ? [] : [`${slower}, ${next.name}, takes ${figure(next.ratio)} times as long`]),
  ];
}
