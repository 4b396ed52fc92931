import { describe, expect, it } from 'vitest';
import { ImageFault } from '../../../lambdas/renderers/images/image.ts';
import { readJpeg } from '../../../lambdas/renderers/images/jpeg.ts';
import { JPEGS } from './jpegs.ts';

const file = (name: keyof typeof JPEGS) => Buffer.from(JPEGS[name], 'base64');

const fault = (bytes: Buffer): string => {
  try {
    readJpeg(bytes);
    return 'none';
  } catch (error) {
    if (!(error instanceof ImageFault)) throw error;
    return error.message;
  }
};

it.each([
  ['baseline', 3, 1],
  ['progressive', 3, 1],
  ['grey', 1, 1],
  ['cmyk', 4, 1],
  ['turned', 3, 6],
  ['restarts', 3, 1],
] as const)('of a %s one, %i components and orientation %i are read', (name, components, orientation) => {
  expect(readJpeg(file(name))).toMatchObject({ type: 'jpeg', width: 24, height: 16, components, orientation });
});

it.each(['turned', 'commented'] as const)('of a %s one, what does not show is left out, and nothing else', (name) => {
  const { bytes } = readJpeg(file(name));
  const [kept, plain] = [Buffer.from(bytes), file('baseline')];
  expect(kept.includes('Exif') || kept.includes('shot by me')).toBe(false);
  expect(kept.subarray(kept.indexOf('ffdb', 0, 'hex'))).toEqual(plain.subarray(plain.indexOf('ffdb', 0, 'hex')));
});

it('what stands behind the end marker is left out', () => {
  expect(readJpeg(Buffer.concat([file('baseline'), Buffer.from('MZ a program')])).bytes).toEqual(
    readJpeg(file('baseline')).bytes,
  );
});

it('orientation is read in either order of bytes, and 1 where the data are broken', () => {
  const exif = (hex: string) => {
    const data = Buffer.from(`457869660000${hex}`, 'hex');
    const head = Buffer.from([0xff, 0xe1, 0, data.length + 2]);
    return readJpeg(Buffer.concat([file('baseline').subarray(0, 2), head, data, file('baseline').subarray(2)]))
      .orientation;
  };
  expect(exif('49492a00080000000100120103000100000003000000')).toBe(3);
  expect(exif('4d4d002a000000080001011200030000000100080000')).toBe(8);
  expect(exif('4d4d002a000000080001011200030000000100090000')).toBe(1);
  expect(exif('4d4d002affffffff0001011200030000000100080000')).toBe(1);
  expect(exif('585800000000')).toBe(1);
  expect(exif('4d4d002a00000008ffff')).toBe(1);
});

describe('a file that is not sound', () => {
  it.each(['baseline', 'progressive', 'restarts'] as const)('(%s) is refused wherever it is cut off', (name) => {
    const whole = file(name);
    for (let length = 0; length < whole.length; length += 1) {
      expect(fault(whole.subarray(0, length)), `${length} bytes`).toMatch(/is not a JPEG file|truncated|damaged/);
    }
  });

  const changed = (at: number, ...bytes: number[]) => {
    const copy = file('baseline');
    copy.set(bytes, at);
    return copy;
  };
  const frame = file('baseline').indexOf('ffc0', 0, 'hex');
  const huffman = file('baseline').indexOf('ffc4', 0, 'hex');

  it.each([
    ['a segment that is shorter than its length', changed(4, 0, 1), 'damaged'],
    ['a code table of too many values', changed(huffman + 5, 255, 255), 'damaged'],
    ['no code table', Buffer.from(file('baseline').toString('hex').replaceAll('ffc4', 'ffef'), 'hex'), 'damaged'],
    ['arithmetic codes', changed(frame, 0xff, 0xc9), 'not every viewer'],
    ['twelve bits a sample', changed(frame + 4, 12), 'not every viewer'],
    ['two components', changed(frame + 9, 2), 'not every viewer'],
    ['no pixels', changed(frame + 5, 0, 0), 'has no pixels'],
    ['too many pixels', changed(frame + 5, 0x1f, 0x40, 0x1f, 0x40), 'has 8000 × 8000 pixels'],
  ])('is refused for %s', (_, bytes, reason) => expect(fault(bytes)).toContain(reason));
});
