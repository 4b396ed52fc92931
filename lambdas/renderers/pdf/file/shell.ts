import { JpegEmbedder, PDFContext, type PDFObject, PDFRawStream, PDFStream, PngEmbedder } from 'pdf-lib';
import type { ReportSpec } from '../../../domain/request.ts';
import type { Logo } from '../layout/title.ts';
import type { PdfFile } from './pdf-file.ts';

/** The document's small and intricate parts, made by pdf-lib, and written among the pages. */
export class Shell {
  readonly #file: PdfFile;
  readonly #context = PDFContext.create();
  #written = 0;

  constructor(file: PdfFile) {
    this.#file = file;
  }

  /** @returns its object number @throws whatever pdf-lib throws for bytes that are no such image */
  async embedImage(image: NonNullable<ReportSpec['layout']['logo']>): Promise<Logo & { number: number }> {
    const bytes = Buffer.from(image.base64, 'base64');
    const embedder = image.contentType === 'image/png' ? await PngEmbedder.for(bytes) : await JpegEmbedder.for(bytes);
    this.#context.largestObjectNumber = this.#file.lastNumber;
    const ref = await embedder.embedIntoContext(this.#context);
    this.#writeNew();
    return { name: 'Logo', width: embedder.width, height: embedder.height, number: ref.objectNumber };
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
      const entries = object.dict
        .toString()
        .trim()
        .slice(2, -2)
        .replace(/\/Length\s+\d+/, '');
      this.#file.stream(number, entries, data);
    } else {
      this.#file.object(number, object.toString());
    }
  }
}
