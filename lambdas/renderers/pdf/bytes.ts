const DIGIT_ZERO = 48;
const MINUS = 45;
const SPACE = 32;

/**
 * A growing buffer that is written by hand: one position, no string in between. Room is asked for once per row
 * ({@link reserve}), not once per byte.
 */
export class Bytes {
  data: Uint8Array;
  length = 0;

  constructor(capacity = 16_384) {
    this.data = new Uint8Array(capacity);
  }

  reserve(room: number): void {
    if (this.length + room <= this.data.length) return;
    const grown = new Uint8Array(Math.max(this.data.length * 2, this.length + room));
    grown.set(this.data.subarray(0, this.length));
    this.data = grown;
  }

  byte(value: number): void {
    this.data[this.length] = value;
    this.length += 1;
  }

  /** Writes an integer in decimal. The caller has reserved 12 bytes. */
  int(value: number): void {
    let rest = value;
    const { data } = this;
    if (rest < 0) {
      data[this.length] = MINUS;
      this.length += 1;
      rest = -rest;
    }
    const digits =
      rest < 10 ? 1 : rest < 100 ? 2 : rest < 1000 ? 3 : rest < 10_000 ? 4 : rest < 100_000 ? 5 : String(rest).length;
    for (let at = this.length + digits - 1; at >= this.length; at -= 1) {
      const next = (rest / 10) | 0;
      data[at] = DIGIT_ZERO + rest - next * 10;
      rest = next;
    }
    this.length += digits;
  }

  /** Writes an integer in decimal, at the right of `width` bytes, with spaces before it. The caller has reserved them. */
  padded(value: number, width: number): void {
    const { data } = this;
    let rest = value;
    let at = this.length + width - 1;
    for (; at >= this.length; at -= 1) {
      const next = (rest / 10) | 0;
      data[at] = DIGIT_ZERO + rest - next * 10;
      rest = next;
      if (rest === 0) break;
    }
    // A loop, since `fill` takes as long to be called as these few bytes take to be written.
    for (at -= 1; at >= this.length; at -= 1) data[at] = SPACE;
    this.length += width;
  }

  /** Writes text of characters below U+0100. */
  latin1(text: string): void {
    this.reserve(text.length);
    const { data } = this;
    let at = this.length;
    for (let i = 0; i < text.length; i += 1) data[at++] = text.charCodeAt(i);
    this.length = at;
  }

  bytes(source: Uint8Array, start = 0, end = source.length): void {
    this.reserve(end - start);
    this.data.set(source.subarray(start, end), this.length);
    this.length += end - start;
  }

  /** A few bytes, for which a loop beats `set`. The caller has reserved them. */
  short(source: Uint8Array): void {
    const { data } = this;
    let at = this.length;
    for (let i = 0; i < source.length; i += 1) data[at++] = source[i] as number;
    this.length = at;
  }

  view(): Uint8Array {
    return this.data.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
