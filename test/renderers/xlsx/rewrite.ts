import { ZipWriter } from '../../../lambdas/renderers/xlsx/zip.ts';
import { CREATED_AT, parts } from './support.ts';

/** The same archive with one part changed. */
export async function rewritten(archive: Buffer, part: string, change: (xml: string) => string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = new ZipWriter(async (bytes) => void chunks.push(bytes), CREATED_AT);
  for (const [name, text] of parts(archive)) {
    await zip.add(name, Buffer.from(name === part ? change(text) : text));
  }
  await zip.finish();
  return Buffer.concat(chunks);
}
