import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { datasetKey } from '../../../lambdas/domain/dataset.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { MemoryService, TENANT } from '../../support/memory/service.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

const CSV = `region,total,day\n${Array.from({ length: 100 }, (_, i) => `Region ${i},${i}.5,2026-11-26`).join('\n')}\n`;
const over = (id: string, changes: object = {}) => ({
  format: 'xlsx',
  title: 'Sales',
  dataset: { id, format: 'csv' },
  ...changes,
});

/** Does something right before the nth read of a dataset. */
function atRead(nth: number, act: () => void, count = 1): void {
  service.faults.before('datasets.read', () => {
    if (count === nth) act();
    else atRead(nth, act, count + 1);
  });
}

async function ended(json: object) {
  const { job } = await service.post(json);
  await service.deliver();
  const row = service.table.get(job.id);
  if (row === undefined) throw new Error('no row');
  return viewOf(row, (path) => path);
}

describe('a job over a dataset', () => {
  it('makes a report of all of its rows, and tells what its columns were taken for', async () => {
    const view = await ended(over(service.upload(gzipSync(CSV))));
    expect(view).toMatchObject({
      status: 'done',
      report: {
        rows: 100,
        warnings: [],
        inferredColumns: [
          [
            { key: 'region', type: 'text' },
            { key: 'total', type: 'number' },
            { key: 'day', type: 'date' },
          ],
        ],
      },
    });
  });

  it('says nothing of columns that the request gave', async () => {
    const { report } = await ended(over(service.upload(CSV), { columns: [{ key: 'region' }] }));
    expect(report).not.toHaveProperty('inferredColumns');
  });

  it('whose file was replaced after its acceptance ends as DATASET_CHANGED, with no report', async () => {
    const id = service.upload(CSV);
    const { job } = await service.post(over(id));
    service.upload(CSV.replace('Region 7,', 'Region 8,'), id);
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({
      status: 'error',
      error: { code: 'DATASET_CHANGED', retryable: false },
    });
    expect(service.reports()).toEqual([]);
  });

  it('whose file is replaced while it is read never mixes rows of both', async () => {
    const id = service.upload(CSV);
    const { job } = await service.post(over(id));
    atRead(20, () => void service.upload(CSV.replaceAll('Region', 'Other'), id));
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'error', error: { code: 'DATASET_CHANGED' } });
    expect(service.reports()).toEqual([]);
  });

  it('whose file was uploaded again, byte for byte, is none the worse', async () => {
    const id = service.upload(CSV);
    const { job } = await service.post(over(id));
    service.upload(CSV, id);
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'done', report: { rows: 100 } });
  });

  it('whose file is gone ends as DATASET_GONE', async () => {
    const id = service.upload(CSV);
    const { job } = await service.post(over(id));
    service.bucket.objects.delete(datasetKey(TENANT, id));
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'error', error: { code: 'DATASET_GONE' } });
  });

  it('whose source breaks off is tried again, and comes out whole', async () => {
    const { job } = await service.post(over(service.upload(CSV)));
    atRead(20, () => {
      throw new Error('connection reset');
    });
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'processing' });
    expect(service.reports()).toEqual([]);
    service.clock.advance(3600);
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'done', report: { rows: 100 } });
  });

  it.each([
    ['a missing field', 'a,b\n1,2\n3\n', 'DATASET_MALFORMED', 'line 3 has 1 field, the header has 2'],
    ['a truncated gzip', gzipSync(CSV).subarray(0, 60), 'DATASET_TRUNCATED', 'byte 60'],
    ['no such column to group by', 'a,b\n1,2\n', 'DATASET_COLUMNS', 'no column "region" to group by'],
  ])('with %s ends in an error that says where', async (_, file, code, detail) => {
    const view = await ended(
      over(service.upload(file), { groupBy: code === 'DATASET_COLUMNS' ? 'region' : undefined }),
    );
    expect(view).toMatchObject({ status: 'error', error: { code, detail: expect.stringContaining(detail) } });
  });

  it('tells of cells that it could not read beside what the engine changed', async () => {
    const columns = [{ key: 'region' }, { key: 'total', type: 'date' }];
    const { report } = await ended(over(service.upload('region,total\nA,soon\nB,2026-11-26\n'), { columns }));
    expect(report?.warnings).toContainEqual({
      code: 'BAD_CELLS',
      detail: 'line 2, column "total": not a date; it was kept as text.',
      count: 1,
    });
  });

  it('may stand beside a table whose rows are in the request', async () => {
    const inline = { columns: [{ key: 'a' }], rows: [[1], [2]] };
    const dataset = { dataset: { id: service.upload(CSV), format: 'csv' } };
    const { report } = await ended({ format: 'xlsx', title: 't', tables: [inline, dataset] });
    expect(report).toMatchObject({ rows: 102, inferredColumns: [null, expect.any(Array)] });
  });
});
