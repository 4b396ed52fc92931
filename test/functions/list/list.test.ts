import { beforeEach, describe, expect, it } from 'vitest';
import { parseListQuery } from '../../../lambdas/domain/list-query.ts';
import { type Listed, list } from '../../../lambdas/functions/list/list.ts';
import { MemoryJobList } from '../../support/memory/job-list.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

type Query = Record<string, string>;

const page = async (query: Query = {}, tenant = TENANT): Promise<Listed> =>
  list(tenant, parseListQuery(query, tenant), { list: new MemoryJobList(service.table), clock: service.clock });

/** Follows the cursors to the end. */
async function all(query: Query, tenant = TENANT): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | undefined; pages.length < 200; ) {
    const { jobs, cursor: next } = await page({ ...query, ...(cursor && { cursor }) }, tenant);
    pages.push(jobs.map(({ id }) => id));
    if (next === undefined) break;
    cursor = next;
  }
  return pages;
}

/** So many jobs, a second apart; the newest first. */
async function posts(
  count: number,
  changes: (n: number) => Record<string, unknown> = () => ({}),
  tenant = TENANT,
): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    service.clock.advance(1);
    ids.unshift((await service.post(request(changes(n)), undefined, tenant)).job.id);
  }
  return ids;
}

const fault = async (query: Query, tenant = TENANT) => {
  const refusal = await page(query, tenant).catch((cause) => cause);
  expect(refusal).toMatchObject({ name: 'Problem', code: 'INVALID_QUERY' });
  return refusal.faults.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
};

describe('a list of jobs', () => {
  it('shows the newest first, twenty at a time', async () => {
    const ids = await posts(45);
    const pages = await all({});
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(pages.flat()).toEqual(ids);
  });

  it.each(['1', '7', '45', '100'])('shows each job once in pages of %s', async (limit) => {
    const ids = await posts(45);
    expect((await all({ limit })).flat()).toEqual(ids);
  });

  it('shows each once also of jobs that were created in the same millisecond', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, async () => (await service.post(request())).job.id));
    expect((await all({ limit: '2' })).flat().sort()).toEqual(ids.sort());
  });

  it('does not show a job twice, or lose one, when others are accepted between two pages', async () => {
    const ids = await posts(10);
    const first = await page({ limit: '5' });
    await posts(3);
    const second = await page({ limit: '5', cursor: first.cursor ?? '' });
    expect([...first.jobs, ...second.jobs].map(({ id }) => id)).toEqual(ids);
  });

  it('is empty for who has none', async () => {
    await posts(3, undefined, 'another');
    expect(await page()).toEqual({ jobs: [] });
  });

  it('shows nothing of another tenant', async () => {
    await posts(5, undefined, 'another');
    const ids = await posts(2);
    expect((await all({ limit: '1' })).flat()).toEqual(ids);
  });

  it('does not show what is past its retention', async () => {
    await posts(2);
    service.clock.advance(SETTINGS.jobRetention);
    const ids = await posts(1);
    expect((await all({})).flat()).toEqual(ids);
  });
});

describe('a filter', () => {
  it('by status, format and reference passes those jobs alone, all of them together', async () => {
    const ids = await posts(12, (n) => ({ format: n % 2 ? 'pdf' : 'xlsx', reference: n % 3 ? 'a' : 'b' }));
    const odd = ids.filter((_, i) => (11 - i) % 2 === 1);
    expect((await all({ format: 'pdf', limit: '2' })).flat()).toEqual(odd);
    expect((await all({ format: 'pdf', reference: 'b' })).flat()).toEqual(odd.filter((_, i) => (11 - 2 * i) % 3 === 0));
    expect((await all({ status: 'queued' })).flat()).toEqual(ids);
    expect((await all({ status: 'done' })).flat()).toEqual([]);
  });

  it('by time takes the first instant in and leaves the last out', async () => {
    const start = service.clock.now();
    const ids = await posts(10);
    const at = (n: number) => new Date(start + n * 1000).toISOString();
    expect((await all({ from: at(3), to: at(6), limit: '2' })).flat()).toEqual(ids.slice(5, 8));
    expect((await all({ from: at(9) })).flat()).toEqual(ids.slice(0, 2));
    expect((await all({ to: at(2) })).flat()).toEqual(ids.slice(9));
    const zoned = at(3).replace('Z', '+00:00');
    expect((await all({ from: zoned, to: at(4) })).flat()).toEqual(ids.slice(7, 8));
  });

  it('that little passes ends with a cursor instead of a long search', async () => {
    const ids = await posts(1_100, (n) => ({ reference: n === 0 ? 'rare' : 'common' }));
    const first = await page({ reference: 'rare' });
    expect(first).toEqual({ jobs: [], cursor: expect.any(String) });
    expect((await all({ reference: 'rare' })).flat()).toEqual(ids.slice(-1));
  });
});

describe('a query', () => {
  it.each<[Query, string]>([
    [{ limit: '0' }, '/limit INVALID_VALUE'],
    [{ limit: '101' }, '/limit INVALID_VALUE'],
    [{ limit: '1e1' }, '/limit INVALID_VALUE'],
    [{ limit: '' }, '/limit INVALID_VALUE'],
    [{ status: 'waiting' }, '/status INVALID_VALUE'],
    [{ format: 'csv' }, '/format INVALID_VALUE'],
    [{ from: 'yesterday' }, '/from INVALID_VALUE'],
    [{ from: '2026-01-05' }, '/from INVALID_VALUE'],
    [{ from: '2026-01-05T09:00:00Z', to: '2026-01-05T09:00:00Z' }, '/to INVALID_VALUE'],
    [{ reference: 'x'.repeat(201) }, '/reference INVALID_VALUE'],
    [{ sort: 'asc' }, '/sort UNKNOWN_MEMBER'],
    [{ cursor: '' }, '/cursor INVALID_VALUE'],
    [{ cursor: 'junk' }, '/cursor INVALID_VALUE'],
    [{ cursor: Buffer.from('[1,2,3]').toString('base64url') }, '/cursor INVALID_VALUE'],
    [{ cursor: Buffer.from('["","",""]').toString('base64url') }, '/cursor INVALID_VALUE'],
  ])('%j is refused at its place', async (query, expected) => {
    expect(await fault(query)).toEqual([expected]);
  });

  it('with several faults is told of each', async () => {
    expect(await fault({ limit: 'x', status: 'y' })).toEqual(['/status INVALID_VALUE', '/limit INVALID_VALUE']);
  });

  it("with another tenant's cursor, or one of another filter, is refused", async () => {
    await posts(3);
    const { cursor = '' } = await page({ limit: '1', status: 'queued' });
    expect((await page({ cursor, limit: '2', status: 'queued' })).jobs).toHaveLength(2);
    expect(await fault({ cursor, status: 'queued' }, 'another')).toEqual(['/cursor INVALID_VALUE']);
    expect(await fault({ cursor })).toEqual(['/cursor INVALID_VALUE']);
    expect(await fault({ cursor, status: 'done' })).toEqual(['/cursor INVALID_VALUE']);
  });
});
