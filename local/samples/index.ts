import { boxOffice } from './box-office.ts';
import { federalReceipts } from './federal-receipts.ts';
import { flightDelays } from './flight-delays.ts';
import { labourMarket } from './labour-market.ts';

/** The requests of the sample run, made from real data. */
export function sampleRequests() {
  return Promise.all([boxOffice(), flightDelays(), labourMarket(), federalReceipts()]);
}
