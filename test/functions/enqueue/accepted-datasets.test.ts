import { beforeEach, describe, expect, it } from 'vitest';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { Problem } from '../../../lambdas/domain/problems.ts';
import { accept } from '../../../lambdas/functions/enqueue/accept.ts';
import { MemoryService, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

const CSV = 'region,total\nNorth,1\nSouth,2\n';
const over = (id: string, changes: object = {}) => ({
  format: 'xlsx',
  title: 'Sales',
  dataset: { id, format: 'csv' },
  ...changes,
});

async function faults(call: Promise<unknown>): Promise<unknown> {
  const cause = await call.then(
    () => new Error('was accepted'),
    (error: unknown) => error,
  );
  if (!(cause instanceof Problem)) throw cause;
  return cause.faults.map(({ pointer, code }) => [pointer, code]);
}

describe('a request over a dataset', () => {
  it('holds the version that stands there at its acceptance, and does not claim to know its rows', async () => {
    const { job } = await service.post(over(service.upload(CSV)));
    expect(job.datasets).toEqual([
      {
        id: expect.any(String),
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        versionId: undefined,
        sizeBytes: CSV.length,
      },
    ]);
    expect(job.rowsTotal).toBeUndefined();
  });

  it('asks once for each dataset', async () => {
    const id = service.upload(CSV);
    const asked: string[] = [];
    const { datasets } = service.ports;
    const inspect = datasets.inspect.bind(datasets);
    Object.assign(datasets, { inspect: (key: string) => inspect(asked[asked.push(key) - 1] ?? '') });
    const { title: _, dataset, ...rest } = over(id);
    const json = { ...rest, title: 't', tables: [{ dataset }, { dataset }] };
    await accept({ tenant: TENANT, json, addressOf: (path) => path }, { ...service.ports, datasets }, SETTINGS);
    expect(asked).toHaveLength(1);
  });

  it('that is unknown, foreign, expired or not yet uploaded points at the table', async () => {
    const unknown = randomJobId(service.clock.now());
    const expired = service.upload(CSV);
    service.clock.advance(SETTINGS.datasetRetention);
    const foreign = service.upload(CSV, undefined, 'other');
    for (const id of [unknown, foreign, expired]) {
      expect(await faults(service.post(over(id)))).toEqual([['/dataset', 'UNKNOWN_DATASET']]);
    }
    const good = { dataset: { id: service.upload(CSV), format: 'csv' } };
    const tables = [
      good,
      { dataset: { id: unknown, format: 'csv' } },
      good,
      { dataset: { id: expired, format: 'csv' } },
    ];
    expect(await faults(service.post({ format: 'pdf', title: 't', tables }))).toEqual([
      ['/tables/1/dataset', 'UNKNOWN_DATASET'],
      ['/tables/3/dataset', 'UNKNOWN_DATASET'],
    ]);
    expect(service.table.rows.size).toBe(0);
  });

  it('that is too large points at the table', async () => {
    const id = service.upload(CSV);
    const call = { tenant: TENANT, json: over(id), addressOf: (path: string) => path };
    const accepted = accept(call, service.ports, { ...SETTINGS, datasetMaxBytes: CSV.length - 1 });
    expect(await faults(accepted)).toEqual([['/dataset', 'DATASET_TOO_LARGE']]);
  });

  it('that was accepted under its key is answered as before, whatever became of the dataset', async () => {
    const id = service.upload(CSV);
    const first = await service.post(over(id), 'k');
    service.upload('region,total\nEast,3\n', id);
    expect(await service.post(over(id), 'k')).toMatchObject({
      replayed: true,
      job: { id: first.job.id, datasets: [{ sizeBytes: CSV.length }] },
    });
    service.clock.advance(SETTINGS.datasetRetention);
    expect(await service.post(over(id), 'k')).toMatchObject({ replayed: true, job: { id: first.job.id } });
    expect(await faults(service.post(over(id, { title: 'Other' }), 'k'))).toEqual([['/dataset', 'UNKNOWN_DATASET']]);
  });

  it.each<[string, object, string]>([
    ['rows beside it', { rows: [] }, '/dataset'],
    ['an id that is none', { dataset: { id: '../x', format: 'csv' } }, '/dataset/id'],
    ['an unknown format', { dataset: { id: randomJobId(0), format: 'xml' } }, '/dataset/format'],
    ['no format', { dataset: { id: randomJobId(0) } }, '/dataset/format'],
    ['an unknown member', { dataset: { id: randomJobId(0), format: 'csv', url: 'x' } }, '/dataset/url'],
    ['a delimiter of JSON', { dataset: { id: randomJobId(0), format: 'json', delimiter: ';' } }, '/dataset/delimiter'],
    [
      'a packed Parquet',
      { dataset: { id: randomJobId(0), format: 'parquet', compression: 'gzip' } },
      '/dataset/compression',
    ],
    ['neither rows nor dataset', { dataset: undefined, columns: [{ key: 'a' }] }, '/rows'],
  ])('with %s is refused before anybody is asked', async (_, changes, pointer) => {
    service.faults.before('datasets.inspect', () => {
      throw new Error('was asked');
    });
    expect(await faults(service.post(over(randomJobId(0), changes)))).toContainEqual([pointer, expect.any(String)]);
  });

  it('may name columns and a group, or leave both to the file', async () => {
    const id = service.upload(CSV);
    await service.post(over(id, { columns: [{ key: 'region' }], groupBy: 'region' }));
    await service.post(over(id, { groupBy: 'region' }));
    expect(await faults(service.post(over(id, { columns: [{ key: 'a' }], groupBy: 'b' })))).toEqual([
      ['/groupBy', 'UNKNOWN_COLUMN'],
    ]);
  });
});
