import { forged, type LocalIssuer } from './issuer.ts';

const now = () => Math.floor(Date.now() / 1000);

/** Everything that can be wrong with a token, and nothing else wrong with it. */
export const BAD_TOKENS: readonly (readonly [what: string, token: (issuer: LocalIssuer) => string])[] = [
  ['that has expired', (issuer) => issuer.token({ exp: now() - 120 })],
  ['that never expires', (issuer) => issuer.token({ exp: undefined })],
  ['that is not yet valid', (issuer) => issuer.token({ nbf: now() + 120 })],
  ['that was issued in the future', (issuer) => issuer.token({ iat: now() + 120 })],
  ['for another audience', (issuer) => issuer.token({ aud: 'somebody-else' })],
  ['for no audience', (issuer) => issuer.token({ aud: undefined })],
  ['of another issuer', (issuer) => issuer.token({ iss: 'https://evil.example.com' })],
  ['of no issuer', (issuer) => issuer.token({ iss: undefined })],
  ['without a tenant', (issuer) => issuer.token({ sub: undefined })],
  ['whose tenant is no text', (issuer) => issuer.token({ sub: { $ne: '' } })],
  ['that nobody signed', (issuer) => issuer.unsigned()],
  ['that says None', (issuer) => issuer.unsigned('None')],
  ['that is signed with the public key as a secret', (issuer) => issuer.signedWithPublicKey()],
  ['whose signature is forged', (issuer) => forged(issuer.token())],
  ['whose claims were changed', (issuer) => swapClaims(issuer.token(), issuer.token({ sub: 'bob' }))],
];

function swapClaims(token: string, other: string): string {
  const [header, , signature] = token.split('.');
  return [header, other.split('.')[1], signature].join('.');
}
