import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobListView } from '../../../lambdas/domain/answers.ts';
import { quietenSdk } from '../../../local/credentials.ts';
import { ROUTES } from '../../../local/docs/openapi/routes.ts';
import { type Endpoint, openEndpoint } from '../../../local/endpoint.ts';
import { deployTo } from '../../../local/stack.ts';
import { BAD_TOKENS } from '../../support/bad-tokens.ts';
import { LocalIssuer } from '../../support/issuer.ts';
import { type Client, createClient } from '../../support/raw-client.ts';
import { smallRequest } from '../requests.ts';

let issuer: LocalIssuer;
let endpoint: Endpoint;
let api: string;

beforeAll(async () => {
  quietenSdk();
  issuer = await LocalIssuer.start();
  endpoint = await openEndpoint({});
  const context = {
    auth: 'jwt',
    name: 'Quire-local-jwt',
    jwtIssuer: issuer.address,
    jwtAudience: 'quire',
    jwtReadScope: 'read',
    jwtWriteScope: 'write',
  };
  ({ api } = await deployTo(endpoint, { context }));
});
afterAll(async () => {
  await endpoint?.own?.stop();
  await issuer?.stop();
});

const SCOPES = { scope: 'read write' };
const call = (path: string, token?: string, init: RequestInit = {}) =>
  fetch(`${api}${path}`, { ...init, headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) } });
const post = (token?: string) =>
  call('/generate', token, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(smallRequest('xlsx')),
  });

const KEYED_UNKNOWN = 'a'.repeat(26);

/** A client whose tokens name this tenant. */
function clientOf(sub: string): Client {
  const token = issuer.token({ sub, ...SCOPES });
  return createClient(api, (url, init) => {
    const headers = { ...(init?.headers as Record<string, string>), authorization: `Bearer ${token}` };
    return fetch(url, { ...init, headers });
  });
}

describe('a caller with a good token', () => {
  it('gets a report', async () => {
    const ann = clientOf('ann');
    const { id } = await ann.generate(smallRequest('xlsx'));
    expect(await ann.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done' });
  });

  it('of a key that the issuer has since a moment gets in', async () => {
    issuer.addKey('second');
    expect((await post(issuer.token(SCOPES, 'second'))).status).toBe(202);
  });

  it('may only read where it may only read, also while the policy is kept', async () => {
    const token = issuer.token({ scope: 'read' });
    expect((await call(`/status/${'a'.repeat(26)}`, token)).status).toBe(404);
    const refused = await post(token);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await call(`/status/${'a'.repeat(26)}`, token)).status).toBe(404);
  });
});

describe('a caller', () => {
  it.each(BAD_TOKENS)('with a token %s is refused before any function runs', async (_what, make) => {
    const refused = await post(make(issuer));
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await refused.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('without a token is refused', async () => {
    expect((await post()).status).toBe(401);
    expect((await call('/status/x')).status).toBe(401);
  });
});

/** A token of somebody who is called like that, who may do everything. */
const tokenOf = (sub: string) => issuer.token({ sub, ...SCOPES });

describe("another tenant's", () => {
  const ids: Record<string, string> = {};
  let shareId = '';
  let dataset = '';

  beforeAll(async () => {
    const ann = clientOf('ann');
    dataset = await ann.upload(Buffer.from('n\n1\nnone\n'));
    const failing = {
      dataset: { id: dataset, format: 'csv', onBadCell: 'fail' },
      columns: [{ key: 'n', type: 'integer' }],
    };
    const requests = { done: smallRequest('xlsx'), error: smallRequest('xlsx', { ...failing, rows: undefined }) };
    for (const [status, body] of Object.entries(requests)) {
      const { id } = await ann.generate(body, { 'idempotency-key': `ann's ${status}` });
      expect(await ann.ended(id, { pollMs: 100 })).toMatchObject({ status });
      ids[status] = id;
    }
    const shared = await called('ann', `POST /status/${ids.done}/shares`, { days: 1 });
    expect(shared.status).toBe(201);
    shareId = ((await shared.json()) as { id: string }).id;
  });

  /** Every route that takes an id, with a body that is right. */
  const ROUTES_OF_JOBS: readonly (readonly [route: string, body?: object])[] = [
    ['GET /status/{id}'],
    ['GET /download/{id}'],
    ['GET /status/{id}/shares'],
    ['POST /status/{id}/shares', { days: 1 }],
    ['POST /status/{id}/redrive', { generation: 1 }],
    ['POST /status/{id}/redrive', {}],
    ['DELETE /status/{id}/shares/{shareId}'],
    ['DELETE /status/{id}'],
  ];

  it.for(ROUTES_OF_JOBS)('job is answered like one that never was, byte by byte: %s', async ([route, body]) => {
    const path = route.replace('{shareId}', shareId);
    const unknown = await answerTo(path, KEYED_UNKNOWN, body);
    expect(unknown).toMatch(/^\[404,.*NOT_FOUND/);
    for (const id of Object.values(ids)) expect(await answerTo(path, id, body)).toBe(unknown);
  });

  it('share of a job is answered like one that never was, below a job of the own', async () => {
    const { id } = await clientOf('bob').generate(smallRequest('xlsx'));
    const path = `DELETE /status/${id}/shares/{id}`;
    expect(await answerTo(path, shareId)).toBe(await answerTo(path, '0'.repeat(shareId.length)));
  });

  it('dataset is answered like one that never was, and no request may name it', async () => {
    // Of the same moment, which its expiry tells.
    const unknown = dataset.replace(/[^-]+$/, '0123456789ab');
    expect(await answerTo('GET /datasets/{id}', dataset)).toBe(await answerTo('GET /datasets/{id}', unknown));
    const naming = (id: string) => smallRequest('xlsx', { rows: undefined, dataset: { id, format: 'csv' } });
    const refused = await answerTo('POST /generate', dataset, naming(dataset));
    expect(refused).toMatch(/^\[4/);
    expect(refused).toBe(await answerTo('POST /generate', unknown, naming(unknown)));
  });

  it("jobs are in nobody else's list, and its cursor is worth no more there than any text", async () => {
    const list = async (tenant: string, query = '') => (await called(tenant, `GET /status${query}`)).json();
    const { jobs, cursor } = (await list('ann', '?limit=1')) as JobListView;
    expect(jobs).toHaveLength(1);
    expect(cursor).not.toBeNull();
    expect(await list('carol')).toMatchObject({ jobs: [], cursor: null });
    const path = 'GET /status?limit=1&cursor={id}';
    const refused = await answerTo(path, cursor ?? '');
    expect(refused).toMatch(/^\[400/);
    expect(refused).toBe(await answerTo(path, 'anything'));
  });

  it('key and secret are their own: the same key makes another job, and no callback is signed for both', async () => {
    const key = { 'idempotency-key': "ann's done" };
    const mine = await clientOf('bob').generate(smallRequest('xlsx'), key);
    expect(mine.id).not.toBe(ids.done);
    const secretOf = async (tenant: string) => {
      const answer = await called(tenant, 'GET /callbacks/secret');
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const secrets = [await secretOf('ann'), await secretOf('bob')];
    expect(secrets[0]).not.toBe(secrets[1]);
  });

  it('things are as they were, after all that was tried with them', async () => {
    for (const [status, id] of Object.entries(ids)) {
      expect(await clientOf('ann').status(id)).toMatchObject({ status, generation: 1 });
    }
    const shares = await (await called('ann', `GET /status/${ids.done}/shares`)).json();
    expect(shares).toMatchObject({ shares: [{ id: shareId }] });
  });

  it('id is tried on every route that takes one', () => {
    // A link to a file is for whoever holds it, and belongs to no tenant.
    const taking = ROUTES.map(({ route }) => route).filter((route) => /\{(id|shareId)\}/.test(route));
    const tried = [...ROUTES_OF_JOBS.map(([route]) => route), 'GET /datasets/{id}'];
    expect([...new Set(tried)].sort()).toEqual(taking.sort());
  });
});

/** What the tenant `bob` is told of it, without what differs from call to call. */
async function answerTo(route: string, id: string, body?: object): Promise<string> {
  const response = await called('bob', route.replaceAll('{id}', id), body);
  const headers = [...response.headers].filter(([name]) => !/^(date|x-amzn|x-amz|content-length)/.test(name));
  const text = (await response.text()).replaceAll(id, '{id}').replace(/"requestId":"[^"]*"/, '"requestId":""');
  return JSON.stringify([response.status, headers, text]);
}

/** @param route method and path, as in `GET /status` */
function called(tenant: string, route: string, body?: object): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const headers = { 'content-type': 'application/json' };
  return call(path, tokenOf(tenant), { method, ...(body !== undefined && { headers, body: JSON.stringify(body) }) });
}
