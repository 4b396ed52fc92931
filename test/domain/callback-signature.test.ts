import { createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { callbackKeys, signatureHeader } from '../../lambdas/domain/callback-signature.ts';

const MASTER = Buffer.alloc(32, 7);
const NEXT_MASTER = Buffer.alloc(32, 8);
const BODY = '{"type":"report.done","data":{"id":"j"}}';
const now = () => Math.floor(Date.now() / 1000);

function signed(masters: readonly Uint8Array[], tenant = 'acme', timestamp = now()) {
  const message = { id: 'msg_1', timestamp, body: BODY };
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureHeader(message, masters, tenant),
  };
}

const accepts = (secret: string, headers: Record<string, string>, body = BODY) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

it('the keys of two tenants have nothing in common, nor have the two keys of one', () => {
  const [one, other] = ['acme', 'umbrella'].map((tenant) => callbackKeys(MASTER, tenant));
  expect(one?.secret).not.toBe(other?.secret);
  expect(one?.publicKey).not.toBe(other?.publicKey);
});

describe('the signature of a callback', () => {
  it("is accepted by the standard's own verifier", () => {
    expect(accepts(callbackKeys(MASTER, 'acme').secret, signed([MASTER]))).toBe(true);
  });

  it('is refused for another body, another tenant and an old time', () => {
    const { secret } = callbackKeys(MASTER, 'acme');
    expect(accepts(secret, signed([MASTER]), `${BODY} `)).toBe(false);
    expect(accepts(callbackKeys(MASTER, 'acm').secret, signed([MASTER]))).toBe(false);
    expect(accepts(secret, signed([MASTER], 'acme', now() - 3600))).toBe(false);
  });

  it('is accepted with the old keys and the new while both masters are in force', () => {
    const headers = signed([NEXT_MASTER, MASTER]);
    expect(accepts(callbackKeys(MASTER, 'acme').secret, headers)).toBe(true);
    expect(accepts(callbackKeys(NEXT_MASTER, 'acme').secret, headers)).toBe(true);
    expect(accepts(callbackKeys(MASTER, 'acme').secret, signed([NEXT_MASTER]))).toBe(false);
  });

  it('has an ed25519 form that the public key verifies', () => {
    const headers = signed([MASTER]);
    const signature = headers['webhook-signature'].split(' ').find((part) => part.startsWith('v1a,'));
    const raw = callbackKeys(MASTER, 'acme').publicKey.replace('whpk_', '');
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(raw, 'base64')]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${BODY}`);
    expect(verify(null, content, key, Buffer.from(signature?.slice(4) ?? '', 'base64'))).toBe(true);
  });
});
