import { equal } from '../../../lambdas/domain/change.ts';
import type { JobTable } from '../../../lambdas/domain/ports.ts';
import { contract } from '../contract.ts';
import { jobTables } from './implementations.ts';
import { queuedRow } from './rows.ts';

const HOUR = 3_600_000;

contract('the sweep index', jobTables(), (it) => {
  const start = 7 * HOUR;
  /** Rows that are due so many minutes after the hour. */
  const rowsAt = async (table: JobTable, ...minutes: number[]) => {
    const rows = minutes.map((minute) => queuedRow({ sweepAt: start + minute * 60_000 }));
    for (const row of rows) await table.create(row);
    const idsFrom = async (from: number, to: number, limit = 100) =>
      (await table.due(start + from * 60_000, start + to * 60_000, limit)).map(({ id }) => id);
    return { ids: rows.map(({ id }) => id), idsFrom };
  };

  it('gives what is due in a span, both ends included, oldest first, whatever its shard', async (table, expect) => {
    const { ids, idsFrom } = await rowsAt(table, 50, 10, 30, 20, 40, 25, 35, 15, 45, 5, 55, 22);
    const expected = [9, 1, 7, 3, 11, 5, 2, 6, 4].map((i) => ids[i]);
    expect(await idsFrom(5, 40)).toEqual(expected);
    expect(await idsFrom(6, 39)).toEqual(expected.slice(1, -1));
  });

  it('gives no more than was asked for, and those are the oldest', async (table, expect) => {
    const { ids, idsFrom } = await rowsAt(table, 4, 3, 2, 1);
    expect(await idsFrom(0, 59, 2)).toEqual([ids[3], ids[2]]);
  });

  it('tells when each is due', async (table, expect) => {
    const { ids } = await rowsAt(table, 7);
    expect(await table.due(start, start + HOUR - 1, 10)).toEqual([{ id: ids[0], sweepAt: start + 7 * 60_000 }]);
  });

  it('follows a row that is moved', async (table, expect) => {
    const { ids, idsFrom } = await rowsAt(table, 1);
    const set = { sweepAt: start + 30 * 60_000 };
    await table.change(ids[0] ?? '', { name: 'test', when: equal('status', 'queued'), set });
    expect(await idsFrom(0, 29)).toEqual([]);
    expect(await idsFrom(30, 30)).toEqual(ids);
  });

  it('forgets a row that loses its place', async (table, expect) => {
    const { ids, idsFrom } = await rowsAt(table, 1);
    const remove = ['sweepShard', 'sweepAt'];
    await table.change(ids[0] ?? '', { name: 'test', when: equal('status', 'queued'), set: {}, remove });
    expect(await idsFrom(0, 59)).toEqual([]);
  });
});
