import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw } from 'node:zlib';
import { printUsage } from '../../usage.mjs';

/** `floor.mjs LEVEL XML FILE`: deflate of a sheet's XML and nothing else, on one core. */
const [level, xml, file] = [Number(process.argv[2]), process.argv[3], process.argv[4]];
const chunk = 1 << 20;
await pipeline(
  createReadStream(xml, { highWaterMark: chunk }),
  createDeflateRaw({ level, chunkSize: chunk }),
  createWriteStream(file),
);
printUsage();
