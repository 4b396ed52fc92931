import { expect, it } from 'vitest';
import { describe } from '../../../lambdas/functions/open-api/describe.ts';

const document = { openapi: '3.1.1', security: [{ sigv4: [] }], servers: [{ url: 'https://example.org' }] };

it('the document tells the address by which it was reached, and that callers sign', () => {
  const told = describe(document, { address: 'https://api.example.org/prod/', isSigned: true });
  expect(told).toMatchObject({ security: [{ sigv4: [] }], servers: [{ url: 'https://api.example.org/prod' }] });
});

it('where nobody signs and the API tells no name of its own, the document asks for nothing and is relative', () => {
  const told = describe(document, { address: '', isSigned: false });
  expect(told).not.toHaveProperty('security');
  expect(told).toMatchObject({ openapi: '3.1.1', servers: [{ url: '.' }] });
});
