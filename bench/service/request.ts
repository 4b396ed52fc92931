const REGIONS = ['North', 'South', 'East', 'West'];

/** A report of fifty rows, one column of most types. */
export function requestOf(format: 'xlsx' | 'pdf') {
  return {
    format,
    title: 'Orders of the week',
    columns: [
      { key: 'order', label: 'Order', type: 'integer' },
      { key: 'region', label: 'Region' },
      { key: 'total', label: 'Total', type: 'currency', currency: 'EUR', total: 'sum' },
      { key: 'placed', label: 'Placed', type: 'date' },
      { key: 'paid', label: 'Paid', type: 'boolean' },
    ],
    rows: Array.from({ length: 50 }, (_, i) => [i, REGIONS[i % 4], i * 12.5, '2026-11-02', i % 3 === 0]),
  };
}
