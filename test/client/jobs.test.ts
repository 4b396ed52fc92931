import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Job, QuireClient } from '../../client/index.ts';
import { LISTS, SHARE_LINK, SHARE_LIST } from '../../local/docs/openapi/examples.ts';
import { job, refused } from './answers.ts';
import { ScriptedServer } from './server.ts';

let server: ScriptedServer;
let quire: QuireClient;
beforeEach(async () => {
  server = new ScriptedServer();
  await server.listen();
  quire = new QuireClient({ address: `${server.address}/prod/` });
});
afterEach(() => server.close());

describe('the list', () => {
  it('is read page after page, under one filter, until the end', async () => {
    server.answers = [
      { status: 200, body: LISTS.page },
      { status: 200, body: { ...LISTS.page, jobs: [] } },
      { status: 200, body: { ...LISTS.end, jobs: [job('done')] } },
    ];
    const seen: Job[] = [];
    for await (const each of quire.list({ status: 'queued', from: '2026-11-27T00:00:00Z' })) seen.push(each);
    expect(seen).toEqual([job('queued'), job('done')]);
    const queries = server.calls.map(({ path }) => Object.fromEntries(new URL(path, server.address).searchParams));
    const filter = { status: 'queued', from: '2026-11-27T00:00:00Z', limit: '100' };
    const { cursor } = LISTS.page ?? {};
    expect(queries).toEqual([filter, { ...filter, cursor }, { ...filter, cursor }]);
  });

  it('is not read further than it is wanted', async () => {
    server.answers = [{ status: 200, body: LISTS.page }];
    for await (const _ of quire.list()) break;
    expect(server.calls).toHaveLength(1);
  });
});

describe('a job that failed', () => {
  it('is opened again in the generation that failed', async () => {
    server.answers = [
      { status: 202, body: job('queued', { generation: 2 }) },
      { status: 202, body: job('queued', { generation: 2 }) },
    ];
    expect((await quire.redrive(job('error'))).generation).toBe(2);
    await quire.redrive('abc');
    const calls = server.calls.map(({ method, path, body }) => `${method} ${path} ${body}`);
    expect(calls).toEqual([
      `POST /prod/status/${job('error').id}/redrive {"generation":1}`,
      'POST /prod/status/abc/redrive {}',
    ]);
  });
});

describe('a share', () => {
  it('is made, listed and ended', async () => {
    server.answers = [
      { status: 201, body: SHARE_LINK },
      { status: 200, body: SHARE_LIST },
      { status: 204, body: '' },
    ];
    expect(await quire.share('abc', { days: 3, downloads: 5 })).toEqual(SHARE_LINK);
    expect(await quire.shares('abc')).toEqual(SHARE_LIST.shares);
    expect(await quire.revokeShare('abc', SHARE_LINK.id)).toBe(true);
    expect(server.calls.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      'POST /prod/status/abc/shares {"days":3,"downloads":5}',
      'GET /prod/status/abc/shares ',
      `DELETE /prod/status/abc/shares/${SHARE_LINK.id} `,
    ]);
  });

  it('whose link is relative to the call is given as a whole address', async () => {
    server.answers = [{ status: 201, body: { ...SHARE_LINK, url: '../../files/t0k3n' } }];
    expect((await quire.share('abc', { days: 1 })).url).toBe(`${server.address}/prod/files/t0k3n`);
  });

  it('that is not there any more is told so, and any other refusal is thrown', async () => {
    server.answers = [refused('NOT_FOUND'), refused('NOT_DONE')];
    expect(await quire.revokeShare('abc', 'x')).toBe(false);
    await expect(quire.revokeShare('abc', 'x')).rejects.toMatchObject({ code: 'NOT_DONE' });
  });
});
