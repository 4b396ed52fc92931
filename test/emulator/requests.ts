import { randomUUID } from 'node:crypto';

/** A small valid request with one column of most types; `changes` replaces members of it. */
export function smallRequest(format: 'xlsx' | 'pdf', changes: Record<string, unknown> = {}) {
  return {
    format,
    title: 'Orders of the week',
    columns: [
      { key: 'id', label: 'Order', type: 'integer' },
      { key: 'customer', label: 'Customer', type: 'text' },
      { key: 'total', label: 'Total', type: 'currency', currency: 'EUR' },
      { key: 'placed', label: 'Placed', type: 'date' },
      { key: 'paid', label: 'Paid', type: 'boolean' },
    ],
    rows: [
      [1, 'Łukasz Żółć', 12.5, '2026-11-02', true],
      [2, 'Αθηνά Παπά', 1999.99, '2026-11-03', false],
      [3, 'Юлия Ёлкина', -3, '2026-11-04', true],
    ],
    ...changes,
  };
}

/** A request with so many rows, which does not fit into the row of the table and takes the worker a while. */
export function largeRequest(format: 'xlsx' | 'pdf', rows: number) {
  const customer = 'Société Générale de Surveillance';
  return smallRequest(format, {
    rows: Array.from({ length: rows }, (_, i) => [i, customer, i / 100, '2026-11-02', i % 2 === 0]),
  });
}

export function freshKey(): string {
  return randomUUID();
}

/** The header under which a request is accepted once. */
export function keyed(key = freshKey()): Record<string, string> {
  return { 'idempotency-key': key };
}
