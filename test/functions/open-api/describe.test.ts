import { expect, it } from 'vitest';
import { describe } from '../../../lambdas/functions/open-api/describe.ts';

const document = { openapi: '3.1.1', security: [{ sigv4: [] }], servers: [{ url: 'https://example.org' }] };

it('the document tells the address by which it was reached, and that callers sign', () => {
  const told = describe(document, { address: 'https://api.example.org/prod/', scheme: 'sigv4' });
  expect(told).toMatchObject({ security: [{ sigv4: [] }], servers: [{ url: 'https://api.example.org/prod' }] });
});

it('where nobody signs and the API tells no name of its own, the document asks for nothing and is relative', () => {
  const told = describe(document, { address: '', scheme: undefined });
  expect(told).not.toHaveProperty('security');
  expect(told).toMatchObject({ openapi: '3.1.1', servers: [{ url: '.' }] });
});

it('where callers bring tokens, the document asks for a token', () => {
  expect(describe(document, { address: '', scheme: 'bearer' })).toMatchObject({ security: [{ bearer: [] }] });
});
