import { all, any, type Change, equal } from '../../../lambdas/domain/change.ts';
import type { JobTable } from '../../../lambdas/domain/ports.ts';
import { contract } from '../contract.ts';
import { jobTables } from './implementations.ts';
import { queuedRow } from './rows.ts';

const always = equal('status', 'queued');
const change = (parts: Partial<Change>): Change => ({ name: 'test', when: always, set: {}, ...parts });
const ITEM_LIMIT = 400 * 1024;

contract('a write to the jobs table', jobTables(), (it) => {
  const created = async (table: JobTable, changes = {}) => {
    const row = queuedRow(changes);
    if (!(await table.create(row)).created) throw new Error('the row was there already');
    return row;
  };

  it('that creates a row keeps every attribute as it was', async (table, expect) => {
    const row = await created(table);
    expect(await table.read(row.id)).toEqual(row);
  });

  it('that would create a row twice answers with the row that stands, and changes nothing', async (table, expect) => {
    const row = await created(table);
    const second = queuedRow({ id: row.id, requestHash: 'another' });
    expect(await table.create(second)).toEqual({ created: false, existing: row });
    expect(await table.read(row.id)).toEqual(row);
  });

  it('that twenty callers make at once is made by one', async (table, expect) => {
    const { id } = queuedRow();
    const answers = await Promise.all(Array.from({ length: 20 }, () => table.create(queuedRow({ id }))));
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
  });

  it('leaves an attribute that is undefined out', async (table, expect) => {
    const row = await created(table);
    await table.change(row.id, change({ set: { lastFailure: { code: 'X', detail: undefined } } }));
    expect(await table.read(row.id)).toEqual({ ...row, lastFailure: { code: 'X' } });
  });

  it('to a row that is not there does nothing and makes none', async (table, expect) => {
    const { id } = queuedRow();
    const blind = change({ when: any(always, equal('id', id)), set: { tenant: 'x' } });
    expect(await table.change(id, blind)).toEqual({ applied: false, job: undefined });
    expect(await table.read(id)).toBeUndefined();
  });

  it('answers with the row as it became', async (table, expect) => {
    const row = await created(table);
    const answer = await table.change(row.id, change({ set: { reference: 'r', rowsTotal: 2 ** 53 - 1 } }));
    expect(answer).toEqual({ applied: true, job: { ...row, reference: 'r', rowsTotal: 2 ** 53 - 1 } });
  });

  it('that is refused answers with the row as it stands', async (table, expect) => {
    const row = await created(table);
    const refused = change({ when: equal('status', 'done'), set: { reference: 'r' } });
    expect(await table.change(row.id, refused)).toEqual({ applied: false, job: row });
    expect(await table.read(row.id)).toEqual(row);
  });

  it('sets once only what is absent', async (table, expect) => {
    const row = await created(table);
    const first = await table.change(row.id, change({ setOnce: { startedAt: 'first', staged: [] } }));
    expect(first.job).toMatchObject({ startedAt: 'first', staged: [] });
    const second = await table.change(row.id, change({ setOnce: { startedAt: 'second', staged: ['x'] } }));
    expect(second.job).toMatchObject({ startedAt: 'first', staged: [] });
  });

  it('adds to a number, from zero where none stands, and below zero', async (table, expect) => {
    const row = await created(table);
    const added = await table.change(row.id, change({ increment: { attempt: 2, extra: 1, sends: -3 } }));
    expect(added.job).toMatchObject({ attempt: 2, extra: 1, sends: -3 });
  });

  it('that adds to what is no number is an error, and changes nothing', async (table, expect) => {
    const row = await created(table);
    await expect(table.change(row.id, change({ increment: { tenant: 1 } }))).rejects.toThrow();
    expect(await table.read(row.id)).toEqual(row);
  });

  it('removes an attribute, and does not mind one that is absent', async (table, expect) => {
    const row = await created(table, { reference: 'r' });
    await table.change(row.id, change({ remove: ['reference', 'lastFailure'] }));
    expect(await table.read(row.id)).not.toHaveProperty('reference');
  });

  it('that touches an attribute twice is an error', async (table, expect) => {
    const { id } = await created(table);
    const twice = change({ set: { attempt: 5 }, increment: { attempt: 1 } });
    await expect(table.change(id, twice)).rejects.toThrow();
  });

  it('of a number that is none is an error', async (table, expect) => {
    const { id } = await created(table);
    await expect(table.change(id, change({ set: { rowsTotal: Number.NaN } }))).rejects.toThrow();
  });

  it('of more than 400 KB is an error, whether it creates a row or changes one', async (table, expect) => {
    const json = 'j'.repeat(ITEM_LIMIT);
    await expect(table.create(queuedRow({ request: { kind: 'inline', json } }))).rejects.toThrow();
    const row = await created(table);
    await expect(table.change(row.id, change({ set: { reference: json } }))).rejects.toThrow();
    expect(await table.read(row.id)).toEqual(row);
  });

  it('of just under 400 KB is taken', async (table, expect) => {
    const row = await created(table, { request: { kind: 'inline', json: 'j'.repeat(ITEM_LIMIT - 2_000) } });
    expect(await table.read(row.id)).toEqual(row);
  });

  it('under twenty conditions on the same number at once happens once', async (table, expect) => {
    const { id } = await created(table);
    const next = change({ when: all(always, equal('attempt', 0)), increment: { attempt: 1 } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => table.change(id, next)));
    expect(answers.filter(({ applied }) => applied)).toHaveLength(1);
    expect(await table.read(id)).toMatchObject({ attempt: 1 });
  });
});
