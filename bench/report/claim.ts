import { type Compared, type Comparison, figure, rowsText } from './comparison.ts';

/**
 * One sentence on the largest size: what the reference took, and the peers next to it on either side. A peer that was
 * not asked for that many rows is not in it.
 * @param what follows the number of rows: "rows of 10 mixed columns"
 * @param whole names the peers that do all that the reference does, where that is not everybody
 */
export function claim({ contestants, sizes, reference }: Comparison, what: string, whole?: string): string {
  const most = sizes.at(-1) ?? 0;
  const measured = contestants.filter(({ largest, floor }) => !floor && largest.rows === most);
  const own = measured.find(({ name }) => name === reference);
  if (own === undefined) throw new Error(`${reference} was not measured with ${most} rows`);
  const peers = measured.filter(({ ours }) => !ours);
  const { wallSeconds, peakRssMiB } = own.largest;
  const took = `Quire writes ${rowsText(most)} ${what} in ${figure(wallSeconds)} s and ${Math.round(peakRssMiB)} MiB of memory`;
  if (whole === undefined) return `${[took, ...against(peers, 'peer measured')].join('; ')}.`;
  const faster = peers.filter(({ lacks, ratio }) => lacks.length > 0 && ratio < 1);
  const equals = against(
    peers.filter(({ lacks }) => lacks.length === 0),
    whole,
  );
  return `${[took, ...equals, ...faster.map((peer) => `${times(peer)}, without ${list(peer.lacks)}`)].join('; ')}.`;
}

/** Every faster peer by name, and the first of the slower ones. */
function against(peers: readonly Compared[], kind: string): string[] {
  const faster = peers.filter(({ ratio }) => ratio < 1);
  const next = peers.find(({ ratio }) => ratio >= 1);
  const which = faster.length > 0 ? 'next' : 'fastest';
  return [
    ...faster.map(times),
    ...(next === undefined ? [] : [`the ${which} ${kind}, ${next.name}, takes ${figure(next.ratio)} times as long`]),
  ];
}

function times({ name, ratio }: Compared): string {
  return `${name} takes ${figure(ratio)} times as long`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
