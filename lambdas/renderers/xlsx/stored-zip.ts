/** The parts of a small zip archive whose entries are stored, not deflated, by name. */
export function storedParts(archive: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer>();
  // An archive without a comment ends in a record of 22 bytes that tells where its directory is.
  const end = archive.length - 22;
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const size = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const header = archive.readUInt32LE(at + 42);
    const content = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    if (!name.endsWith('/')) parts.set(name, archive.subarray(content, content + size));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return parts;
}
