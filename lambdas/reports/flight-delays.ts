import * as z from 'zod';
import { defineReport } from './define-report.ts';

const IATA = /^[A-Z0-9]{3}$/;

/**
 * Late departures from an airport, out of a Parquet file in S3. The tests fill the bucket of the local stage with flights
 * of the United States' Bureau of Transportation Statistics (collected under 14 CFR part 234), as the vega-datasets
 * package (BSD-3-Clause) brings them.
 */
export const flightDelays = defineReport({
  name: 'flight-delays',
  title: 'Late departures',
  params: z.strictObject({
    origin: z.string().regex(IATA, 'must be an airport like "SFO"').meta({ title: 'From' }),
    minimumDelay: z.int().min(0).max(2000).default(60).meta({ title: 'Late by at least (minutes)' }),
    from: z.iso.date().optional().meta({ title: 'First day' }),
    to: z.iso.date().optional().meta({ title: 'Last day' }),
  }),
  columns: [
    { key: 'date', label: 'Scheduled departure', type: 'datetime', width: 20 },
    { key: 'destination', label: 'To' },
    { key: 'distance', label: 'Miles', type: 'integer' },
    { key: 'delay', label: 'Delay (min)', type: 'integer', total: 'max' },
  ],
  sources: { buckets: ['flights'] },
  async *rows({ origin, minimumDelay, from = '0000', to = '9999' }, context) {
    const columns = [
      { key: 'date', type: 'datetime' },
      { key: 'delay', type: 'integer' },
      { key: 'distance', type: 'integer' },
      { key: 'origin' },
      { key: 'destination' },
    ] as const;
    for await (const batch of context.bucket('flights').records('flights.parquet', { format: 'parquet', columns })) {
      for (const { date = null, delay = null, distance = null, destination = null, ...flight } of batch) {
        const day = String(date).slice(0, 10);
        if (flight.origin !== origin || Number(delay) < minimumDelay || day < from || day > to) continue;
        yield { date, destination, distance, delay };
      }
    }
  },
});
