/**
 * The outlines of a font as its tables `glyf` and `loca`, in the long form.
 * @param outlines by glyph; empty where a glyph shows nothing
 */
export function placeOutlines(outlines: readonly Uint8Array[]): { glyf: Uint8Array; loca: Uint8Array } {
  const loca = new DataView(new ArrayBuffer(4 * (outlines.length + 1)));
  let end = 0;
  outlines.forEach((outline, i) => {
    end += (outline.length + 3) & ~3;
    loca.setUint32(4 * i + 4, end);
  });
  const glyf = new Uint8Array(end);
  outlines.forEach((outline, i) => {
    glyf.set(outline, loca.getUint32(4 * i));
  });
  return { glyf, loca: new Uint8Array(loca.buffer) };
}
