import { createHash, randomBytes } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const KEYED_ID_LENGTH = 26;
const KEYED_ID = /^[a-z2-7]{26}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The id of a job that was posted with an `Idempotency-Key`: 130 bits of a hash of tenant and key, so that the
 * conditional put of the row *is* the deduplication.
 */
export function keyedJobId(tenant: string, key: string): string {
  // The length says where the tenant ends: ("a", "bc") and ("ab", "c") must not meet.
  return hashedId(`${tenant.length}:${tenant}:${key}`);
}

/** The id of a job that equal requests of a tenant share; no `Idempotency-Key` can make it. */
export function sharedJobId(tenant: string, what: string): string {
  return hashedId(`shared:${tenant.length}:${tenant}/${what}`);
}

function hashedId(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  let id = '';
  let bits = 0;
  let value = 0;
  for (const byte of digest) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5 && id.length < KEYED_ID_LENGTH; bits -= 5) id += BASE32[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return id;
}

/** A UUIDv7 (RFC 9562, 5.7) for a job without a key. */
export function randomJobId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether a path segment could be an id that we made; what is not is unknown without asking the table. */
export function isJobId(text: string): boolean {
  return KEYED_ID.test(text) || UUID_V7.test(text);
}
