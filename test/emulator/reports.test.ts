import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JobView } from '../../lambdas/domain/answers.ts';
import { withWorkerPaused } from '../support/faults.ts';
import { api } from '../support/target.ts';
import { hasTool } from '../support/tools.ts';
import { pdftotext, qpdfCheck, readPdf, readXlsx, rowsUnder } from './readers.ts';
import { keyed, largeRequest, smallRequest } from './requests.ts';

const LABELS = ['Order', 'Customer', 'Total', 'Placed', 'Paid'];

async function made(request: object) {
  const accepted = await api.generate(request, keyed());
  const job = await api.ended(accepted.id, { pollMs: 100 });
  expect(job).toMatchObject({ status: 'done', error: null });
  const bytes = new Uint8Array(await (await api.download(job)).arrayBuffer());
  return { job, bytes };
}

describe('a report', () => {
  it('as XLSX holds the rows that were posted, dates as dates', async () => {
    const { bytes } = await made(smallRequest('xlsx'));
    const [sheet = []] = Object.values(await readXlsx(bytes));
    expect(rowsUnder(LABELS, sheet).slice(0, 3)).toEqual([
      [1, 'Łukasz Żółć', 12.5, '2026-11-02T00:00:00', true],
      [2, 'Αθηνά Παπά', 1999.99, '2026-11-03T00:00:00', false],
      [3, 'Юлия Ёлкина', -3, '2026-11-04T00:00:00', true],
    ]);
  });

  it('as PDF shows title, labels and rows in Latin, Greek and Cyrillic', async () => {
    const { bytes } = await made(smallRequest('pdf'));
    const text = (await readPdf(bytes)).join('\n');
    for (const expected of ['Orders of the week', ...LABELS, 'Łukasz Żółć', 'Αθηνά Παπά', 'Юлия Ёлкина', '1,999.99']) {
      expect(text).toContain(expected);
    }
  });

  it.skipIf(!hasTool('pdftotext'))('as PDF reads the same for poppler', async () => {
    const { bytes } = await made(smallRequest('pdf'));
    expect(await pdftotext(bytes)).toMatch(/Łukasz Żółć[\s\S]*Αθηνά Παπά[\s\S]*Юлия Ёлкина/);
  });

  it.skipIf(!hasTool('qpdf'))('as PDF has no fault that qpdf can find', async () => {
    const { bytes } = await made(largeRequest('pdf', 500));
    await qpdfCheck(bytes);
  });

  it('of several tables has a sheet for each, under its name', async () => {
    const { columns, rows, ...rest } = smallRequest('xlsx');
    const tables = [
      { name: 'North', columns, rows },
      { name: 'South', columns, rows: rows.slice(0, 1) },
    ];
    const { job, bytes } = await made({ ...rest, tables });
    const sheets = await readXlsx(bytes);
    expect(Object.keys(sheets)).toEqual(['North', 'South']);
    expect(rowsUnder(LABELS, sheets.South ?? [])[0]?.[1]).toBe('Łukasz Żółć');
    expect(job.report).toMatchObject({ rows: 4, sheets: 2 });
  });

  it.each(['xlsx', 'pdf'] as const)(
    'as %s that is too large for a row of the table comes out whole',
    async (format) => {
      const { job, bytes } = await made(largeRequest(format, 2_000));
      expect(job.report).toMatchObject({ rows: 2_000, sizeBytes: bytes.length, sha256: sha256(bytes) });
      expect(job.progress).toMatchObject({ rowsWritten: 2_000, rowsTotal: 2_000 });
    },
  );

  it('moves only forward for clients that poll as fast as they can', async () => {
    const clients = await withWorkerPaused(async () => {
      const { id } = await api.generate(largeRequest('pdf', 10_000), keyed());
      const watching = Array.from({ length: 3 }, () => watch(id));
      await Promise.all(watching.map(({ first }) => first));
      return watching;
    });
    for (const seen of await Promise.all(clients.map(({ all }) => all))) {
      expect(seen[0]).toMatchObject({ status: 'queued', attempt: 0 });
      expect(seen.at(-1)).toMatchObject({ status: 'done', attempt: 1 });
      isAscending(seen.map(({ status }) => ['queued', 'processing', 'done'].indexOf(status)));
      isAscending(seen.map(({ attempt }) => attempt));
      isAscending(seen.map(({ progress }) => progress.rowsWritten));
    }
  });
});

/** Every answer that one client gets until the job has ended, and when it has got the first of them. */
function watch(id: string): { first: Promise<unknown>; all: Promise<JobView[]> } {
  const seen: JobView[] = [];
  let told = () => {};
  const first = new Promise<void>((resolve) => {
    told = resolve;
  });
  const onChange = (job: JobView) => {
    seen.push(job);
    told();
  };
  const all = api.ended(id, { pollMs: 5, onChange }).then(() => seen);
  return { first: Promise.race([first, all]), all };
}

function isAscending(values: readonly number[]): void {
  expect(values).toEqual([...values].sort((a, b) => a - b));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
