import { gzipSync } from 'node:zlib';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { datasetSchema, jobSchema, problemSchema } from '../../lambdas/domain/answers.ts';
import { withWorkerPaused } from '../support/faults.ts';
import { api, output, s3, target } from '../support/target.ts';
import { readPdf, readXlsx, rowsUnder } from './readers.ts';
import { keyed } from './requests.ts';

const ROWS = 20_000;
const REGIONS = ['North', 'São Paulo', 'Île-de-France', 'Київ'];

/** Amounts as Brazil writes them, text with everything that a quote is needed for. */
function csv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const day = `${String((i % 28) + 1).padStart(2, '0')}/11/2026`;
    return `${i + 1};"${REGIONS[i % 4]}; ""${i}""";1.${String(i % 1000).padStart(3, '0')},25;${day}`;
  });
  return `Id;Região;Valor;Dia\r\n${lines.join('\r\n')}\r\n`;
}

const brazilian = { title: 'Vendas', locale: 'pt-BR', timeZone: 'America/Sao_Paulo' };
const LABELS = ['Id', 'Região', 'Valor', 'Dia'];

async function made(request: object) {
  const accepted = await api.generate(request, keyed());
  const job = await api.ended(accepted.id, { pollMs: 100 });
  expect(jobSchema.parse(job)).toMatchObject({ status: 'done', error: null });
  return { job, bytes: new Uint8Array(await (await api.download(job)).arrayBuffer()) };
}

/** The key under which a dataset lies. */
async function keyOf(id: string): Promise<string> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: output('Bucket'), Prefix: 'datasets/' }));
  const key = Contents.find(({ Key }) => Key?.endsWith(id))?.Key;
  if (key === undefined) throw new Error(`no dataset ${id} in the bucket`);
  return key;
}

describe('a dataset', () => {
  it('that was uploaded as gzipped CSV comes out as XLSX and PDF, every row of it', async () => {
    const id = await api.upload(gzipSync(csv(ROWS)));
    const arrived = datasetSchema.parse(await (await api.dataset(id)).json());
    expect(arrived).toMatchObject({ id, status: 'uploaded', sizeBytes: gzipSync(csv(ROWS)).byteLength });
    const dataset = { id, format: 'csv' };

    const xlsx = await made({ format: 'xlsx', ...brazilian, dataset });
    expect(xlsx.job.report).toMatchObject({
      rows: ROWS,
      warnings: [],
      inferredColumns: [[{ type: 'integer' }, { type: 'text' }, { type: 'number' }, { type: 'date' }]],
    });
    const [sheet = []] = Object.values(await readXlsx(xlsx.bytes));
    const rows = rowsUnder(LABELS, sheet);
    expect(rows).toHaveLength(ROWS);
    expect(rows[0]).toEqual([1, 'North; "0"', 1000.25, '2026-11-01T00:00:00']);
    expect(rows[12_345]).toEqual([12_346, 'São Paulo; "12345"', 1345.25, '2026-11-26T00:00:00']);
    expect(rows.at(-1)?.[0]).toBe(ROWS);

    const few = { id: await api.upload(gzipSync(csv(200))), format: 'csv' };
    const pdf = await made({ format: 'pdf', ...brazilian, dataset: few });
    expect(pdf.job.report).toMatchObject({ rows: 200 });
    const text = (await readPdf(pdf.bytes)).join('\n');
    for (const shown of ['Île-de-France; "198"', '1.198,25', '03/11/2026']) expect(text).toContain(shown);
  });

  it.each([
    ['ndjson', '{"a":1,"b":"x"}\n{"a":2,"b":null}\n'],
    ['json', '[[1,"x"],[2,null]]'],
    [
      'parquet',
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'a', data: [1, 2] },
            { name: 'b', data: ['x', null] },
          ],
        }),
      ),
    ],
  ])('may be %s', async (format, file) => {
    const id = await api.upload(typeof file === 'string' ? new TextEncoder().encode(file) : file);
    const columns = [
      { key: 'a', label: 'A', type: 'integer' },
      { key: 'b', label: 'B' },
    ];
    const { bytes } = await made({ format: 'xlsx', title: 'Small', columns, dataset: { id, format } });
    const [sheet = []] = Object.values(await readXlsx(bytes));
    expect(rowsUnder(['A', 'B'], sheet).slice(0, 2)).toEqual([
      [1, 'x'],
      [2, null],
    ]);
  });

  it('that is not there is refused at the table that names it', async () => {
    const id = '019b8d62-7a80-715f-a888-251314f9fca8';
    const answer = await api.post({ format: 'xlsx', title: 't', tables: [{ dataset: { id, format: 'csv' } }] });
    expect(answer.status).toBe(422);
    const { errors } = problemSchema.parse(await answer.json());
    expect(errors).toMatchObject([{ pointer: '/tables/0/dataset', code: 'UNKNOWN_DATASET' }]);
    expect((await api.dataset(id)).status).toBe(404);
  });

  it.each([
    ['replaced', 'DATASET_CHANGED'],
    ['removed', 'DATASET_GONE'],
  ])('R15: that is %s between acceptance and work never becomes a report', async (what, code) => {
    const id = await api.upload(gzipSync(csv(100)));
    const Key = await keyOf(id);
    const job = await withWorkerPaused(async () => {
      const accepted = await api.generate({ format: 'xlsx', ...brazilian, dataset: { id, format: 'csv' } }, keyed());
      const Bucket = output('Bucket');
      if (what === 'removed') await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      else await s3.send(new PutObjectCommand({ Bucket, Key, Body: gzipSync(csv(99)) }));
      return accepted;
    });
    expect(await api.ended(job.id, { pollMs: 100 })).toMatchObject({ status: 'error', error: { code }, report: null });
  });

  it('that is broken ends in an error that names the line', async () => {
    const id = await api.upload(new TextEncoder().encode('a,b\n1,2\n3\n'));
    const { id: job } = await api.generate({ format: 'xlsx', title: 't', dataset: { id, format: 'csv' } }, keyed());
    expect(await api.ended(job, { pollMs: 100 })).toMatchObject({
      status: 'error',
      error: { code: 'DATASET_MALFORMED', detail: expect.stringContaining('line 3 has 1 field, the header has 2') },
    });
  });

  it.skipIf(target.kind === 'ministack')('of another size than was announced cannot be uploaded', async () => {
    const { upload } = await api.openUpload(3);
    expect((await fetch(upload.url, { method: 'PUT', body: 'four' })).status).toBe(403);
  });
});
