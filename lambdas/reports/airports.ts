import * as z from 'zod';
import { PermanentFailure } from '../domain/failures.ts';
import { defineReport } from './define-report.ts';

const STATE = /^[A-Z]{2}$/;

/**
 * The airports of a state, out of a DynamoDB table of one item for each (partition key `state`, sort key `iata`).
 * The tests fill the table of the local stage with the airports of the United States, a work of their government, as the
 * vega-datasets package (BSD-3-Clause) brings them.
 */
export const airports = defineReport({
  name: 'airports',
  title: 'Airports of a state',
  params: z.strictObject({
    state: z.string().regex(STATE, 'must be a state like "CA"').meta({ title: 'State' }),
    from: z.string().max(4).optional().meta({ title: 'Codes from' }),
    to: z.string().max(4).optional().meta({ title: 'Codes to' }),
  }),
  columns: [
    { key: 'iata', label: 'Code', total: 'count' },
    { key: 'name', label: 'Airport', width: 36 },
    { key: 'city', label: 'City', width: 20 },
    { key: 'latitude', label: 'Latitude', type: 'number', format: '0.0000' },
    { key: 'longitude', label: 'Longitude', type: 'number', format: '0.0000' },
  ],
  sources: { tables: ['airports'] },
  async *rows({ state, from = '', to = '~' }, context) {
    const partition = { name: 'state', value: state };
    // A sort key is never empty, and "~" comes after every code.
    const sort = { name: 'iata', from: from || ' ', to };
    let found = 0;
    for await (const item of context.table('airports').query({ partition, sort })) {
      found += 1;
      yield {
        iata: String(item.iata),
        name: String(item.name),
        city: String(item.city),
        latitude: Number(item.latitude),
        longitude: Number(item.longitude),
      };
    }
    // A file without rows would look as if something had gone wrong.
    if (found === 0) throw new PermanentFailure('REPORT_FAILED', `No airport of ${state} is known.`);
  },
});
