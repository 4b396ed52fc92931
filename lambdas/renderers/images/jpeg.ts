import { orientationOf } from './exif.ts';
import { checkSize, ImageFault, type Jpeg } from './image.ts';

/** Markers (ISO/IEC 10918-1, table B.1). */
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const HUFFMAN_TABLES = 0xc4;
const QUANTIZATION_TABLES = 0xdb;
/** Baseline, extended and progressive, by Huffman codes: what every viewer decodes. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** Frames that most viewers do not: lossless, hierarchical, by arithmetic codes. */
const RARE_FRAMES = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
/** JFIF, colour profile, Adobe's colour transform: the application data that change how an image looks. */
const SHOWN_DATA = new Set([0xe0, 0xe2, 0xee]);
const EXIF = 0xe1;
const COMMENT = 0xfe;

interface Segment {
  readonly marker: number;
  /** What follows the length; after a scan's header, its codes too. */
  readonly data: Buffer;
  /** From the marker on. */
  readonly whole: Buffer;
}

/**
 * Reads a JPEG (ISO/IEC 10918-1) up to its end marker.
 * @throws ImageFault for a file that is none, is damaged, cut off, too large, or of a kind that viewers do not show
 */
export function readJpeg(file: Buffer): Jpeg {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xff00 + START) throw new ImageFault('is not a JPEG file');
  const segments = segmentsOf(file);
  const frame = frameOf(segments);
  checkTables(segments);
  const exif = segments.find(({ marker }) => marker === EXIF);
  const shown = segments.filter(({ marker }) => isShown(marker)).map(({ whole }) => whole);
  const ends = [Buffer.of(0xff, START), Buffer.of(0xff, END)] as const;
  return {
    type: 'jpeg',
    ...frame,
    orientation: exif === undefined ? 1 : orientationOf(exif.data),
    bytes: new Uint8Array(Buffer.concat([ends[0], ...shown, ends[1]])),
  };
}

function segmentsOf(file: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; ; ) {
    // Any number of fill bytes may stand before a marker.
    while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
    if (at + 2 > file.length) throw cutOff();
    if (file[at] !== 0xff) throw damaged();
    const marker = file[at + 1] as number;
    if (marker === END) return segments;
    if (at + 4 > file.length) throw cutOff();
    const length = file.readUInt16BE(at + 2);
    if (length < 2 || marker < 0xc0) throw damaged();
    const end = marker === SCAN ? endOfScan(file, at + 2 + length) : at + 2 + length;
    if (end > file.length) throw cutOff();
    segments.push({ marker, data: file.subarray(at + 4, end), whole: file.subarray(at, end) });
    at = end;
  }
}

/** The next marker but those that stand among a scan's codes: escaped bytes and restarts. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw cutOff();
}

function cutOff(): ImageFault {
  return new ImageFault('is a truncated JPEG file');
}

function damaged(): ImageFault {
  return new ImageFault('is a damaged JPEG file');
}

function frameOf(segments: readonly Segment[]): Pick<Jpeg, 'width' | 'height' | 'components'> {
  if (segments.some(({ marker }) => RARE_FRAMES.has(marker))) throw rare();
  const frames = segments.filter(({ marker }) => FRAMES.has(marker));
  const data = frames[0]?.data;
  if (data === undefined || frames.length > 1 || data.length < 6) throw damaged();
  const components = data[5] as number;
  if (data[0] !== 8 || ![1, 3, 4].includes(components)) throw rare();
  if (data.length !== 6 + 3 * components) throw damaged();
  const height = data.readUInt16BE(1);
  const width = data.readUInt16BE(3);
  checkSize(width, height);
  return { width, height, components };
}

function rare(): ImageFault {
  return new ImageFault('is a kind of JPEG file that not every viewer supports');
}

function checkTables(segments: readonly Segment[]): void {
  const ofMarker = (wanted: number) => segments.filter(({ marker }) => marker === wanted).map(({ data }) => data);
  const huffman = ofMarker(HUFFMAN_TABLES);
  const quantization = ofMarker(QUANTIZATION_TABLES);
  const sound = huffman.every(isHuffmanData) && quantization.every(isQuantizationData);
  if (!sound || huffman.length === 0 || quantization.length === 0 || ofMarker(SCAN).length === 0) throw damaged();
}

/** Tables of 16 counts and as many values as they add up to. */
function isHuffmanData(data: Buffer): boolean {
  let at = 0;
  while (at + 17 <= data.length) {
    const values = data.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    if (values > 256) return false;
    at += 17 + values;
  }
  return at === data.length;
}

/** Tables of 64 values, of one byte or of two. */
function isQuantizationData(data: Buffer): boolean {
  let at = 0;
  while (at < data.length) at += 1 + ((data[at] as number) >> 4 === 0 ? 64 : 128);
  return at === data.length;
}

function isShown(marker: number): boolean {
  return SHOWN_DATA.has(marker) || !((marker >= 0xe0 && marker <= 0xef) || marker === COMMENT);
}
