import { groupBy, readCsv, readJson, sum } from './source.ts';

interface Flight {
  /** "2001/01/01 06:55" */
  readonly date: string;
  /** Minutes; negative when early. */
  readonly delay: number;
  /** Miles. */
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

/** The airlines' own measure: on time is less than a quarter of an hour late. */
const ON_TIME_MINUTES = 15;

/** The punctuality of 2,000 flights of the first quarter of 2001, flight by flight and by airport. */
export async function flightDelays() {
  const flights = await readJson<Flight>('flights-2k.json');
  const airports = new Map((await readCsv('airports.csv')).map((airport) => [airport.iata, airport]));
  return {
    format: 'xlsx',
    title: 'Flight punctuality, first quarter 2001',
    fileName: 'flight-delays-2001-q1',
    timeZone: 'America/New_York',
    tables: [
      {
        name: 'Airports',
        columns: [
          { key: 'code', label: 'Code', type: 'text' },
          { key: 'name', label: 'Airport', type: 'text', width: 34 },
          { key: 'state', label: 'State', type: 'text' },
          { key: 'flights', label: 'Departures', type: 'integer', total: 'sum' },
          { key: 'onTime', label: 'On time', type: 'percent' },
          { key: 'delay', label: 'Average delay (min)', type: 'number', total: 'average' },
        ],
        rows: airportRows(flights, airports),
      },
      {
        name: 'Flights',
        columns: [
          { key: 'date', label: 'Scheduled departure', type: 'datetime', width: 20 },
          { key: 'origin', label: 'From', type: 'text' },
          { key: 'destination', label: 'To', type: 'text' },
          { key: 'distance', label: 'Miles', type: 'integer', total: 'sum' },
          { key: 'delay', label: 'Delay (min)', type: 'integer', total: 'max' },
          { key: 'onTime', label: 'On time', type: 'boolean' },
        ],
        rows: flights.map(flightRow),
      },
    ],
    layout: { freezeHeader: true, autoFilter: true },
    reference: 'sample/flight-delays',
  };
}

function flightRow({ date, ...flight }: Flight) {
  const departure = `${date.replaceAll('/', '-').replace(' ', 'T')}:00`;
  return { ...flight, date: departure, onTime: isOnTime(flight) };
}

function airportRows(flights: readonly Flight[], airports: ReadonlyMap<string | undefined, Record<string, string>>) {
  const rows = [...groupBy(flights, (flight) => flight.origin)].map(([code, departures]) => ({
    code,
    name: airports.get(code)?.name ?? null,
    state: airports.get(code)?.state ?? null,
    flights: departures.length,
    onTime: departures.filter(isOnTime).length / departures.length,
    delay: Math.round((sum(departures.map((flight) => flight.delay)) / departures.length) * 10) / 10,
  }));
  return rows.sort((a, b) => b.flights - a.flights);
}

function isOnTime({ delay }: Pick<Flight, 'delay'>): boolean {
  return delay < ON_TIME_MINUTES;
}
