import { describe, expect, it } from 'vitest';
import { addressesFor } from '../../lambdas/runtime/addresses.ts';

const NAME = 'a1b2c3.execute-api.eu-central-1.amazonaws.com';

/** A called address, what API Gateway says of it, and the address of a route as it is told to that caller. */
const CALLS = [
  ['POST on a stage', '/generate', { domainName: NAME, path: '/prod/generate' }, `https://${NAME}/prod/`],
  ['GET on a stage', '/status/{id}', { domainName: NAME, path: '/prod/status/x' }, `https://${NAME}/prod/`],
  ['a custom domain', '/generate', { domainName: 'reports.example', path: '/generate' }, 'https://reports.example/'],
  [
    'a base path',
    '/status/{id}',
    { domainName: 'example.com', path: '/reports/v1/status/x/' },
    'https://example.com/reports/v1/',
  ],
] as const;

describe('an address of the API', () => {
  it.each(CALLS)('called by %s works as it stands', (_, resource, requestContext, base) => {
    expect(addressesFor({ resource, requestContext })('status/x')).toBe(`${base}status/x`);
  });

  const HIDDEN = 'http://127.0.0.1:4566/_aws/execute-api/a1b2c3/local/';

  it.each([
    ['/generate', 'generate'],
    ['/status/{id}', 'status/x'],
  ])('called at %s, where nobody tells the name, leads on from there', (resource, called) => {
    const address = addressesFor({ resource, requestContext: { path: `/local/${called}`, domainName: undefined } });
    expect(new URL(address('status/y'), HIDDEN + called).href).toBe(`${HIDDEN}status/y`);
  });
});
