import { createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto';

/**
 * Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): what is signed
 * is `id.timestamp.body`; `v1` is HMAC-SHA256 with the receiver's own secret, `v1a` is ed25519, for a receiver that must
 * be able to show a third party who sent it.
 */
export interface SignedMessage {
  /** The same on every try, so that a receiver can drop what it has seen. */
  readonly id: string;
  /** Epoch seconds of this try. */
  readonly timestamp: number;
  readonly body: string;
}

/** What a receiver verifies with. */
export interface CallbackKeys {
  /** `whsec_` and 32 bytes in base64. */
  readonly secret: string;
  /** `whpk_` and the 32 bytes of the ed25519 public key in base64. */
  readonly publicKey: string;
}

const KEY_BYTES = 32;
/** RFC 8410: the DER of a PKCS #8 ed25519 private key up to its 32 bytes of seed. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
/** The SPKI form ends in the raw public key. */
const RAW_PUBLIC_KEY_BYTES = 32;

/**
 * The keys of one tenant, derived from the master secret by HKDF (RFC 5869): none is stored, and none reveals another.
 * @param master at least 32 random bytes
 */
export function callbackKeys(master: Uint8Array, tenant: string): CallbackKeys {
  const publicKey = createPublicKey(privateKey(master, tenant)).export({ type: 'spki', format: 'der' });
  return {
    secret: `whsec_${hmacKey(master, tenant).toString('base64')}`,
    publicKey: `whpk_${publicKey.subarray(-RAW_PUBLIC_KEY_BYTES).toString('base64')}`,
  };
}

/**
 * The value of `webhook-signature`: for each master secret in force both forms, separated by blanks. A receiver that
 * still has the keys from before a rotation finds its signature among them.
 */
export function signatureHeader(message: SignedMessage, masters: readonly Uint8Array[], tenant: string): string {
  const signed = Buffer.from(`${message.id}.${message.timestamp}.${message.body}`);
  return masters.flatMap((master) => signaturesOf(signed, master, tenant)).join(' ');
}

function signaturesOf(signed: Uint8Array, master: Uint8Array, tenant: string): string[] {
  const hmac = createHmac('sha256', hmacKey(master, tenant)).update(signed).digest('base64');
  const ed25519 = sign(null, signed, privateKey(master, tenant)).toString('base64');
  return [`v1,${hmac}`, `v1a,${ed25519}`];
}

function hmacKey(master: Uint8Array, tenant: string): Buffer {
  return derive(master, `quire callback v1 ${tenant}`);
}

function privateKey(master: Uint8Array, tenant: string): KeyObject {
  const seed = derive(master, `quire callback v1a ${tenant}`);
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

/** The tenant stands last, so that no name of one can be read as another's purpose. */
function derive(master: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, new Uint8Array(0), purpose, KEY_BYTES));
}
