import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { jobSchema, problemSchema } from '../../lambdas/domain/answers.ts';
import { readCsv } from '../../local/samples/source.ts';
import { firstFlights } from '../support/flights.ts';
import { api, dynamo, output, s3 } from '../support/target.ts';
import { pdftotext, readXlsx, rowsUnder } from './readers.ts';
import { keyed } from './requests.ts';

const FLIGHTS = 200_000;
const BATCH = 25;

let airports: Record<string, string>[] = [];

/** The public data that the definitions name, in the places that the local stage grants. */
beforeAll(async () => {
  airports = (await readCsv('airports.csv')).filter(({ state = '' }) => /^[A-Z]{2}$/.test(state) && state !== 'NA');
  const items = airports.map(({ state, iata, name, city, latitude, longitude }) => ({
    PutRequest: {
      Item: marshall({ state, iata, name, city, latitude: Number(latitude), longitude: Number(longitude) }),
    },
  }));
  for (let i = 0; i < items.length; i += BATCH) {
    const RequestItems = { [output('SourceAirportsTable')]: items.slice(i, i + BATCH) };
    await dynamo.send(new BatchWriteItemCommand({ RequestItems }));
  }
  const Body = await firstFlights(FLIGHTS);
  const flights = { Bucket: output('SourceFlightsBucket'), Key: 'flights.parquet', Body };
  await s3.send(new PutObjectCommand(flights));
});

async function made(request: object) {
  const { id } = await api.generate(request, keyed());
  const job = await api.ended(id, { pollMs: 200 });
  expect(jobSchema.parse(job)).toMatchObject({ status: 'done', error: null });
  return { job, bytes: new Uint8Array(await (await api.download(job)).arrayBuffer()) };
}

describe('a report that is defined in code', () => {
  it('over a DynamoDB table has every item of the state, and tells with what it was made', async () => {
    const { job, bytes } = await made({ format: 'xlsx', report: 'airports', params: { state: 'CA' } });
    const expected = airports.filter(({ state }) => state === 'CA');
    expect(expected.length).toBeGreaterThan(200);
    expect(job.report).toMatchObject({ rows: expected.length, fileName: 'Airports of a state.xlsx' });
    const [sheet = []] = Object.values(await readXlsx(bytes));
    expect(sheet.slice(0, 4).flat()).toContain('State: CA');
    const rows = rowsUnder(['Code', 'Airport', 'City', 'Latitude', 'Longitude'], sheet).slice(0, expected.length);
    expect(new Set(rows.map(([code]) => code))).toEqual(new Set(expected.map(({ iata }) => iata)));
    const francisco = rows.find(([code]) => code === 'SFO');
    expect(francisco?.slice(1, 4)).toEqual(['San Francisco International', 'San Francisco', 37.61900194]);
  });

  it('over Parquet in S3 has the flights that its parameters ask for, in the chosen columns', async () => {
    const params = { origin: 'SFO', minimumDelay: 300, from: '2001-01-01', to: '2001-01-31' };
    const request = { format: 'pdf', report: 'flight-delays', params, columns: ['date', 'delay', 'destination'] };
    const { job, bytes } = await made({ ...request, timeZone: 'America/Los_Angeles' });
    const text = await pdftotext(bytes);
    for (const shown of ['Late departures', 'From: SFO', 'Late by at least (minutes): 300'])
      expect(text).toContain(shown);
    expect(text).not.toContain('Miles');
    expect(job.report?.rows).toBeGreaterThan(0);
  });

  it('is refused at once where a parameter is wrong, with its place', async () => {
    const answer = await api.post({ format: 'xlsx', report: 'airports', params: { state: 'California' } });
    expect(answer.status).toBe(422);
    const { errors } = problemSchema.parse(await answer.json());
    expect(errors).toEqual([{ pointer: '/params/state', code: 'INVALID_VALUE', detail: 'must be a state like "CA"' }]);
  });
});

describe('bad cells of a dataset', () => {
  const csv = `id,total\n${Array.from({ length: 300 }, (_, i) => `${i},${i < 40 ? `none ${i}` : i}`).join('\n')}\n`;
  const columns = [
    { key: 'id', type: 'integer' },
    { key: 'total', type: 'number' },
  ];

  it('come as a file beside the report, where they are many', async () => {
    const dataset = { id: await api.upload(new TextEncoder().encode(csv)), format: 'csv', maxBadCells: 100 };
    const { job } = await made({ format: 'xlsx', title: 'Odd', columns, dataset });
    const file = job.report?.badCells?.file;
    const response = await fetch(file?.url ?? '');
    expect(response.headers.get('content-disposition')).toContain('Odd.bad-cells.ndjson');
    const text = await response.text();
    expect(Buffer.byteLength(text)).toBe(file?.sizeBytes);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(40);
    expect(lines.at(-1)).toEqual({ table: 0, line: 41, column: 'total', value: 'none 39', code: 'NOT_A_NUMBER' });
  });

  it('are told by a dry run, which makes no file', async () => {
    const dataset = { id: await api.upload(new TextEncoder().encode(csv)), format: 'csv' };
    const { id } = await api.generate({ format: 'pdf', title: 'Odd', columns, dataset, validate: true }, keyed());
    const job = await api.ended(id, { pollMs: 200 });
    expect(jobSchema.parse(job)).toMatchObject({ status: 'done', report: null, error: null });
    expect(job.validation).toMatchObject({ passed: false, rows: 300, faultCount: 41 });
    expect(job.validation?.faults).toHaveLength(41);
  });
});
