import { deflateSync } from 'node:zlib';
import {
  JpegEmbedder,
  PDFContext,
  type PDFDict,
  PDFHexString,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFStream,
} from 'pdf-lib';
import type { Image, Jpeg, Png } from '../../images/image.ts';
import { decodePng } from '../../images/png-pixels.ts';
import type { PdfFile } from './pdf-file.ts';

/** The document's small and intricate parts, made by pdf-lib, and written among the pages. */
export class Shell {
  readonly #file: PdfFile;
  readonly #context = PDFContext.create();
  #written = 0;

  constructor(file: PdfFile) {
    this.#file = file;
  }

  /** Writes an image, as it is wherever a viewer can read it so. @returns its object number */
  async embedImage(image: Image): Promise<number> {
    this.#context.largestObjectNumber = this.#file.lastNumber;
    const ref = image.type === 'jpeg' ? await this.#jpeg(image) : this.#png(image);
    this.#writeNew();
    return ref.objectNumber;
  }

  async #jpeg({ bytes }: Jpeg): Promise<PDFRef> {
    return (await JpegEmbedder.for(bytes)).embedIntoContext(this.#context);
  }

  #png(png: Png): PDFRef {
    const { colorType, interlaced, transparency } = png;
    const palette = colorType === 3;
    if (interlaced || colorType >= 4 || (palette && transparency.length > 0)) return this.#decoded(png);
    const channels = colorType === 2 ? 3 : 1;
    return this.#image(png, png.pixels, {
      BitsPerComponent: png.bitDepth,
      ColorSpace: palette ? indexed(this.#context, png.palette) : channels === 3 ? 'DeviceRGB' : 'DeviceGray',
      DecodeParms: { Predictor: 15, Colors: channels, BitsPerComponent: png.bitDepth, Columns: png.width },
      ...(transparency.length > 0 && { Mask: colorKey(transparency) }),
    });
  }

  /** Transparency is an image of its own in a PDF, and rows stand in order. */
  #decoded(png: Png): PDFRef {
    const { channels, color, alpha } = decodePng(png);
    const grey = { BitsPerComponent: 8, ColorSpace: 'DeviceGray' };
    const mask = alpha === undefined ? {} : { SMask: this.#image(png, deflateSync(alpha), grey) };
    const entries = { ...grey, ...(channels === 3 && { ColorSpace: 'DeviceRGB' }), ...mask };
    return this.#image(png, deflateSync(color), entries);
  }

  #image({ width, height }: Png, data: Uint8Array, entries: NonNullable<Parameters<PDFContext['stream']>[1]>): PDFRef {
    const size = { Type: 'XObject', Subtype: 'Image', Width: width, Height: height };
    return this.#context.register(this.#context.stream(data, { ...size, ...entries, Filter: 'FlateDecode' }));
  }

  #writeNew(): void {
    this.#file.allocateUpTo(this.#context.largestObjectNumber);
    for (const [ref, object] of this.#context.enumerateIndirectObjects()) {
      if (ref.objectNumber <= this.#written) continue;
      this.#written = ref.objectNumber;
      this.#writeObject(ref.objectNumber, object);
    }
  }

  #writeObject(number: number, object: PDFObject): void {
    if (object instanceof PDFStream) {
      const data = object instanceof PDFRawStream ? object.contents : object.getContents();
      this.#file.stream(number, entriesOf(object.dict), data);
    } else {
      this.#file.object(number, object.toString());
    }
  }
}

function entriesOf(dict: PDFDict): string {
  return dict
    .toString()
    .trim()
    .slice(2, -2)
    .replace(/\/Length\s+\d+/, '');
}

function indexed(context: PDFContext, palette: Uint8Array) {
  const colors = PDFHexString.of(Buffer.from(palette).toString('hex'));
  return context.obj(['Indexed', 'DeviceRGB', palette.length / 3 - 1, colors]);
}

/** The one colour that is transparent, as ranges from itself to itself. */
function colorKey(transparency: Uint8Array): number[] {
  const samples = Buffer.from(transparency);
  return Array.from({ length: samples.length }, (_, i) => samples.readUInt16BE(i - (i % 2)));
}
