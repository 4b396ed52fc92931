import { expect, it } from 'vitest';
import { openApiDocument } from '../../local/docs/openapi/document.ts';
import { signedFetch } from '../support/signed-fetch.ts';
import { sqs, target } from '../support/target.ts';

const request = target.signed ? signedFetch(sqs) : fetch;

it('the API describes itself: with the address that was called, and asking for a signature where it wants one', async () => {
  const response = await request(`${target.api}/openapi.json`);
  expect(response.status).toBe(200);
  const { servers, security, ...told } = (await response.json()) as { servers: { url: string }[]; security?: unknown };
  const { servers: _, security: schemes, ...made } = openApiDocument();
  expect(told).toEqual(made);
  expect(schemes).toContainEqual({ sigv4: [] });
  expect(security).toEqual(target.signed ? [{ sigv4: [] }] : undefined);
  expect(new URL(servers[0]?.url ?? '', response.url).href.replace(/\/$/, '')).toBe(target.api);
});
