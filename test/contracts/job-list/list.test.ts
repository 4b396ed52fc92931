import { randomUUID } from 'node:crypto';
import type { JobList, JobPage } from '../../../lambdas/domain/ports.ts';
import { contract } from '../contract.ts';
import { NOW, queuedRow } from '../job-table/rows.ts';
import { jobLists, type Listing } from './implementations.ts';

const at = (second: number) => new Date(NOW + second * 1000).toISOString();

contract("a tenant's jobs", jobLists(), (it) => {
  /** Rows of a tenant of its own, created at these seconds; their ids by them. */
  const created = async ({ table }: Listing, ...seconds: number[]) => {
    const tenant = `tenant-${randomUUID()}`;
    const rows = seconds.map((second) => queuedRow({ tenant, createdAt: at(second) }));
    for (const row of rows) await table.create(row);
    return { tenant, rows };
  };

  const secondsOf = ({ places }: JobPage) => places.map(({ createdAt }) => (Date.parse(createdAt) - NOW) / 1000);

  /** The pages of a list to its end, as seconds. */
  const pages = async (list: JobList, tenant: string, limit: number) => {
    const found: number[][] = [];
    for (let after: JobPage['places'][number] | undefined; found.length < 20; ) {
      const page = await list.page({ tenant, after, limit });
      found.push(secondsOf(page));
      after = page.places.at(-1);
      if (!page.more || after === undefined) break;
    }
    return found.filter(({ length }) => length > 0);
  };

  it('come newest first, page after page, each once', async (listing, expect) => {
    const { tenant } = await created(listing, 4, 1, 5, 2, 3);
    await created(listing, 3);
    expect(await pages(listing.list, tenant, 2)).toEqual([[5, 4], [3, 2], [1]]);
    expect(await pages(listing.list, tenant, 10)).toEqual([[5, 4, 3, 2, 1]]);
  });

  it('that were created at the same instant come once, too', async (listing, expect) => {
    const { tenant, rows } = await created(listing, 1, 1, 1, 1, 1);
    const ids: string[] = [];
    for (let after: JobPage['places'][number] | undefined; ids.length < 9; ) {
      const page = await listing.list.page({ tenant, after, limit: 2 });
      ids.push(...page.places.map(({ id }) => id));
      after = page.places.at(-1);
      if (!page.more || after === undefined) break;
    }
    expect(ids.sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  it('are those of a span of time: its first instant, and not its last', async (listing, expect) => {
    const { tenant } = await created(listing, 1, 2, 3, 4, 5);
    const span = async (from?: number, to?: number) =>
      secondsOf(
        await listing.list.page({
          tenant,
          from: from === undefined ? undefined : at(from),
          to: to === undefined ? undefined : at(to),
          limit: 10,
        }),
      );
    expect(await span(2, 4)).toEqual([3, 2]);
    expect(await span(4)).toEqual([5, 4]);
    expect(await span(undefined, 2)).toEqual([1]);
    expect(await span(6, 9)).toEqual([]);
  });

  it('are read together, without those that are not there', async (listing, expect) => {
    const { rows } = await created(listing, ...Array.from({ length: 100 }, (_, n) => n));
    const ids = rows.map(({ id }) => id);
    const found = await listing.list.rows([...ids.slice(1), randomUUID()]);
    expect(found.map(({ id }) => id).sort()).toEqual(ids.slice(1).sort());
    expect(found.find(({ id }) => id === ids[7])).toEqual(rows[7]);
  });
});
