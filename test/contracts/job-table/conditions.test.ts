import { absent, all, any, below, type Condition, equal, present } from '../../../lambdas/domain/change.ts';
import type { JobTable } from '../../../lambdas/domain/ports.ts';
import { contract } from '../contract.ts';
import { jobTables } from './implementations.ts';
import { queuedRow } from './rows.ts';

const belowText = (attribute: string, value: string): Condition => ({ op: 'below', attribute, value });

contract('a condition on the jobs table', jobTables(), (it) => {
  const holds = async (
    table: JobTable,
    when: Condition,
    row = queuedRow({ attempt: 2, reference: null, requestHash: 'ｆ' }),
  ) => {
    await table.create(row);
    return (await table.change(row.id, { name: 'test', when, set: { rowsTotal: 7 } })).applied;
  };

  it('on equal values holds', async (table, expect) => {
    expect(await holds(table, equal('attempt', 2))).toBe(true);
    expect(await holds(table, equal('attempt', 3))).toBe(false);
  });

  it('on values of two types does not hold', async (table, expect) => {
    expect(await holds(table, equal('attempt', '2'))).toBe(false);
    expect(await holds(table, below('status', 9))).toBe(false);
    expect(await holds(table, belowText('attempt', '9'))).toBe(false);
  });

  it('that an attribute is there, or is not, goes by the attribute and not by its value', async (table, expect) => {
    for (const [attribute, isThere] of [
      ['attempt', true],
      ['reference', true],
      ['leaseUntil', false],
    ] as const) {
      expect(await holds(table, present(attribute)), attribute).toBe(isThere);
      expect(await holds(table, absent(attribute)), attribute).toBe(!isThere);
    }
  });

  it('on an attribute that is absent, or null, does not hold', async (table, expect) => {
    for (const attribute of ['leaseUntil', 'reference']) {
      expect(await holds(table, below(attribute, 9))).toBe(false);
      expect(await holds(table, equal(attribute, ''))).toBe(false);
    }
  });

  it('that a number is below another does not hold for itself', async (table, expect) => {
    expect(await holds(table, below('attempt', 3))).toBe(true);
    expect(await holds(table, below('attempt', 2))).toBe(false);
    expect(await holds(table, below('attempt', 2.5))).toBe(true);
    expect(await holds(table, below('sweepAt', 1))).toBe(false);
  });

  it('that a text is below another goes by UTF-8 bytes', async (table, expect) => {
    // U+FF46 is three bytes (EF …), U+1F600 four (F0 …); as UTF-16 units the second one starts with D83D.
    expect(await holds(table, belowText('requestHash', '😀'))).toBe(true);
    expect(await holds(table, belowText('requestHash', 'f'))).toBe(false);
  });

  it('of several parts holds when all do, or when any does', async (table, expect) => {
    const [yes, no] = [equal('attempt', 2), equal('attempt', 9)];
    expect(await holds(table, all(yes, yes))).toBe(true);
    expect(await holds(table, all(yes, no))).toBe(false);
    expect(await holds(table, any(no, yes))).toBe(true);
    expect(await holds(table, any(no, no))).toBe(false);
    expect(await holds(table, all(any(no, all(yes, yes)), yes))).toBe(true);
  });
});
