/** An instant to the zone's offset from UTC at that instant; both in ms. `NaN` for an instant that no calendar has. */
export type ZoneOffset = (utc: number) => number;

/**
 * The clock is asked for the two ends of a block; where both agree the block has one offset. Six days are shorter than
 * any pause of summer time (Ramadan in Morocco and Egypt), so that no pair of changes can hide inside.
 */
const BLOCK = 2 ** 29;
const LATEST = 8.64e15;

/** A block's offsets: `before` until `change`, `after` from then on. */
interface Block {
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

/**
 * The offset of a time zone, fast enough to be asked for every cell: `Intl` is asked a few times per week of calendar
 * time that the data spans, not once per value.
 * @throws `RangeError` for a zone that `Intl` does not know
 */
export function zoneOffset(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const ask = (utc: number): number => readOffset(format, utc);
  const blocks = new Map<number, Block>();
  return (utc) => {
    if (!(Math.abs(utc) < LATEST - BLOCK)) return Number.NaN;
    const index = Math.floor(utc / BLOCK);
    let block = blocks.get(index);
    if (block === undefined) {
      block = readBlock(ask, index * BLOCK);
      blocks.set(index, block);
    }
    return utc < block.change ? block.before : block.after;
  };
}

function readBlock(ask: ZoneOffset, start: number): Block {
  const before = ask(start);
  const after = ask(start + BLOCK);
  let low = start;
  let high = start + BLOCK;
  while (before !== after && high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ask(middle) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high };
}

/** `GMT`, `GMT-03:00`, `GMT+05:30`, and with seconds for local mean times: `GMT-03:06:28`. */
function readOffset(format: Intl.DateTimeFormat, utc: number): number {
  const name = format.formatToParts(utc).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -1000 : 1000) * seconds;
}
