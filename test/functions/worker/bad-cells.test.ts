import { beforeEach, describe, expect, it } from 'vitest';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { lookUp } from '../../../lambdas/functions/status/look-up.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

/** So many rows, the first of which hold no number. */
const csv = (rows: number, bad: number) =>
  `region,total\n${Array.from({ length: rows }, (_, i) => `Region ${i},${i < bad ? `none "${i}"` : i}`).join('\n')}\n`;

const COLUMNS = [{ key: 'region' }, { key: 'total', type: 'number' }];

const over = (rows: number, bad: number, changes: object = {}) => ({
  format: 'xlsx',
  title: 'Sales',
  columns: COLUMNS,
  dataset: { id: service.upload(csv(rows, bad)), format: 'csv', maxBadCells: 1000, quotes: false, ...changes },
});

async function viewed(id: string) {
  const { job, links } = await lookUp(id, TENANT, service.ports);
  return viewOf(job, (path) => path, links);
}

async function ended(json: object) {
  const { job } = await service.post(json);
  await service.deliver();
  return viewed(job.id);
}

const files = () => service.reports().filter((key) => key.endsWith('.ndjson'));
const linesOf = (key: string) =>
  String(service.bucket.objects.get(key)?.bytes)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the bad cells of a report', () => {
  it('stand in the job while they are few, and there is no file of them', async () => {
    const { report } = await ended(over(100, 10));
    expect(report?.badCells).toMatchObject({ count: 10, file: null });
    expect(report?.badCells?.places).toHaveLength(10);
    expect(report?.badCells?.places[3]).toEqual({ table: 0, line: 5, column: 'total', code: 'NOT_A_NUMBER' });
    expect(files()).toEqual([]);
  });

  it('stand in a file beside the report where they are more, each with its value, behind a link of its own', async () => {
    const { report } = await ended(over(100, 60));
    const [key = ''] = files();
    const lines = linesOf(key);
    expect(lines).toHaveLength(60);
    expect(lines[59]).toEqual({ table: 0, line: 61, column: 'total', value: 'none "59"', code: 'NOT_A_NUMBER' });
    const { bytes } = service.bucket.objects.get(key) ?? {};
    expect(report?.badCells).toMatchObject({ count: 60, file: { sizeBytes: bytes?.byteLength } });
    expect(report?.badCells?.file?.url).toContain(encodeURIComponent('Sales.bad-cells.ndjson'));
    expect(report?.badCells?.file?.urlExpiresAt).toBe(report?.urlExpiresAt);
    expect(report?.badCells?.file?.url).not.toBe(report?.url);
  });

  it('are told without their values in the row', async () => {
    await ended(over(100, 60));
    expect(JSON.stringify(service.table.all())).not.toContain('none \\"');
  });

  it('of rows in the request are told by the number of the row', async () => {
    const { report } = await ended(request({ rows: [['a', 1], { region: 'b', total: 'many' }] }));
    expect(report?.badCells).toEqual({
      count: 1,
      places: [{ table: 0, line: 2, column: 'total', code: 'NOT_A_NUMBER' }],
      file: null,
    });
  });

  it('are absent where every cell is a value', async () => {
    expect((await ended(over(10, 0))).report).not.toHaveProperty('badCells');
  });

  it('leave no file where the job ends in an error', async () => {
    const { status } = await ended(over(100, 60, { maxBadCells: 59 }));
    expect([status, service.reports(), service.bucket.uploads.size]).toEqual(['error', [], 0]);
  });

  it.each(['reports.complete', 'jobs.stage', 'jobs.finishDone'])(
    'are whole, and named by the report, when a worker dies before %s',
    async (operation) => {
      const { job } = await service.post(over(100, 60));
      await service.dieBefore(operation);
      service.sendAgain(job.id);
      await service.deliver();
      const row = service.table.get(job.id);
      const key = row?.status === 'done' ? (row.report?.badCells?.file?.key ?? '') : '';
      expect(linesOf(key)).toHaveLength(60);
    },
  );

  it('are committed once where the answer to that is lost', async () => {
    const { job } = await service.post(over(100, 60));
    service.faults.loseReply('reports.complete');
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'done', attempt: 1 });
    expect(files()).toHaveLength(1);
  });

  it('are not there before the row names them', async () => {
    await service.post(over(100, 60));
    await service.dieBefore('jobs.stage');
    expect(files()).toEqual([]);
  });
});

describe('a request that is to be validated', () => {
  it('reads all rows, tells the first hundred faults, and makes no file', async () => {
    const view = await ended({ ...over(300, 250, { maxBadCells: undefined }), validate: true });
    expect(view).toMatchObject({ status: 'done', report: null, error: null });
    expect(view.validation).toMatchObject({ passed: false, rows: 300, faultCount: 251 });
    expect(view.validation?.faults).toHaveLength(100);
    expect(view.validation?.faults.slice(0, 2)).toEqual([
      { table: 0, code: 'TOO_MANY_BAD_CELLS', detail: expect.stringContaining('250 of 300 cells of column "total"') },
      { table: 0, line: 2, column: 'total', code: 'NOT_A_NUMBER' },
    ]);
    expect(service.reports()).toEqual([]);
  });

  it('passes where the report would be made, bad cells or not', async () => {
    expect((await ended({ ...over(300, 3), validate: true })).validation).toMatchObject({
      passed: true,
      rows: 300,
      faultCount: 3,
    });
    expect((await ended({ ...over(300, 0), validate: true })).validation).toEqual({
      passed: true,
      rows: 300,
      faultCount: 0,
      faults: [],
    });
  });

  it('goes on after the first bad cell also where none is let pass', async () => {
    const { validation } = await ended({ ...over(300, 3, { onBadCell: 'fail' }), validate: true });
    expect(validation).toMatchObject({ passed: false, faultCount: 4, faults: [{ code: 'BAD_CELL' }, {}, {}, {}] });
  });

  it('tells of rows that stand in it', async () => {
    const { validation } = await ended(
      request({
        rows: [
          ['a', 'one'],
          ['b', 2],
        ],
        validate: true,
      }),
    );
    expect(validation).toEqual({
      passed: true,
      rows: 2,
      faultCount: 1,
      faults: [{ table: 0, line: 1, column: 'total', code: 'NOT_A_NUMBER' }],
    });
  });

  it('tells what its columns would be taken for', async () => {
    const json = { ...over(20, 0), columns: undefined, validate: true };
    expect((await ended(json)).validation?.inferredColumns).toMatchObject([[{ type: 'text' }, { type: 'integer' }]]);
  });

  it('tells where a file is broken, and goes on with the next table', async () => {
    const broken = { id: service.upload('region,total\na,1\nb\n'), format: 'csv' };
    const tables = [{ dataset: broken }, { columns: COLUMNS, rows: [['a', 'x']] }];
    const { validation } = await ended({ format: 'xlsx', title: 'Two', tables, validate: true });
    expect(validation).toMatchObject({
      passed: false,
      faults: [
        { table: 0, code: 'DATASET_MALFORMED', detail: expect.stringContaining('line 3 has 1 field') },
        { table: 1, line: 1, column: 'total', code: 'NOT_A_NUMBER' },
      ],
    });
  });

  it('whose file was replaced ends in an error, as it would without', async () => {
    const json = { ...over(10, 0), validate: true };
    const { job } = await service.post(json);
    service.upload(csv(11, 0), json.dataset.id);
    await service.deliver();
    expect(await viewed(job.id)).toMatchObject({
      status: 'error',
      validation: null,
      error: { code: 'DATASET_CHANGED' },
    });
  });

  it('keeps its answer as long as its row', async () => {
    const view = await ended({ ...over(10, 0), validate: true });
    const row = service.table.get(view.id);
    expect(Date.parse(view.expiresAt)).toBe((row?.expiresAt ?? 0) * 1000);
  });
});
