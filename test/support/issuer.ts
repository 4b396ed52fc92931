import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';

type Claims = Readonly<Record<string, unknown>>;

/** An OpenID issuer on this machine: its description, its keys, which it can change, and tokens that it signs. */
export class LocalIssuer {
  /** How often its keys were asked for. */
  asked = 0;
  /** Answers nobody. */
  isDown = false;
  /** What its description says of itself, where that is not the truth. */
  pretends: string | undefined;
  readonly #server: Server;
  #keys = new Map<string, KeyObject>();
  #jwks: object[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<LocalIssuer> {
    const server = createServer((request, response) => {
      if (issuer.isDown) return void response.writeHead(500).end();
      response.setHeader('content-type', 'application/json');
      if (request.url === '/.well-known/openid-configuration') {
        const described = { issuer: issuer.pretends ?? issuer.address, jwks_uri: `${issuer.address}/keys` };
        return void response.end(JSON.stringify(described));
      }
      issuer.asked += 1;
      response.end(JSON.stringify({ keys: issuer.#jwks }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new LocalIssuer(server);
    issuer.addKey('first');
    return issuer;
  }

  get address(): string {
    const at = this.#server.address();
    return `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
  }

  addKey(kid: string): void {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#keys.set(kid, privateKey);
    this.#jwks.push({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' });
  }

  /** From now on the issuer does not vouch for this key; whoever has it can still sign. */
  withdrawKey(kid: string): void {
    this.#jwks = this.#jwks.filter((key) => !('kid' in key) || key.kid !== kid);
  }

  /** A good token, but for what is changed; a claim that is `undefined` is left out. */
  token(changes: Claims = {}, kid = 'first'): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.address, aud: 'quire', sub: 'ann', iat: now, exp: now + 300, ...changes };
    const signed = `${part({ alg: 'ES256', typ: 'JWT', kid })}.${part(claims)}`;
    const key = this.#keys.get(kid);
    if (key === undefined) throw new Error(`There is no key ${kid}.`);
    return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  /** A token that nobody signed. */
  unsigned(alg = 'none'): string {
    const [, claims] = this.token().split('.');
    return `${part({ alg, typ: 'JWT', kid: 'first' })}.${claims}.`;
  }

  /** The public key taken for a shared secret: an old trick upon verifiers that believe `alg`. */
  signedWithPublicKey(): string {
    const [, claims] = this.token().split('.');
    const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'first' })}.${claims}`;
    const secret = JSON.stringify(this.#jwks[0]);
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** One letter of the signature is another one. */
export function forged(token: string): string {
  const at = token.lastIndexOf('.') + 5;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}
