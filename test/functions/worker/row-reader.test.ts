import { beforeEach, describe, expect, it } from 'vitest';
import { inlineRows } from '../../../lambdas/datasets/inline.ts';
import type { Job } from '../../../lambdas/domain/job.ts';
import type { BytesProgress, RowSource } from '../../../lambdas/domain/rendering.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import type { OpenRows } from '../../../lambdas/functions/worker/ports.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import { MemoryService, request } from '../../support/memory/service.ts';

const BYTES_PER_ROW = 10;

/** The rows of the request, from a file that does not say how many there are. */
function fileOf(table: Parameters<OpenRows>[0], rowsTotal?: number): RowSource {
  let bytesRead = 0;
  return {
    rowsTotal,
    progress: (): BytesProgress => ({ bytesRead, bytesTotal: (table.rows ?? []).length * BYTES_PER_ROW }),
    async *rows(signal) {
      for await (const batch of (await inlineRows(table)).rows(signal)) {
        bytesRead += batch.length * BYTES_PER_ROW;
        yield batch;
      }
    },
  };
}

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

/** A job that was accepted without its rows being known, as one over a file is. */
async function deliver(rows: number, openRows: OpenRows): Promise<Job> {
  const { job } = await service.post(request({}, rows));
  const { rowsTotal: _, ...unknown } = job;
  service.table.put(job.id, unknown, 'create');
  service.openRows = openRows;
  await service.deliver();
  return service.table.get(job.id) as Job;
}

describe('rows of a source that does not know how many it has', () => {
  it('all come into the file, and count in the end', async () => {
    const job = await deliver(1_200, async (table) => fileOf(table));
    expect(job).toMatchObject({ status: 'done', report: { rows: 1_200 } });
    expect(viewOf(job, String).progress).toMatchObject({ rowsWritten: 1_200, rowsTotal: 1_200 });
  });

  it('are told as bytes while they come', async () => {
    service.renderer = lineRenderer(async () => {
      service.clock.advance(0.01);
      return 'write';
    });
    await deliver(1_200, async (table) => fileOf(table));
    const told = service.table.history.find(({ name }) => name === 'heartbeat')?.after;
    expect(told && viewOf(told, String).progress).toEqual({
      rowsWritten: 200,
      rowsTotal: null,
      bytesRead: 5_000,
      bytesTotal: 12_000,
    });
  });

  it('end the job in an error where the renderer left one out', async () => {
    service.renderer = lineRenderer(async (_, row) => (row === 7 ? 'skip' : 'write'));
    const job = await deliver(10, async (table) => fileOf(table));
    expect(job).toMatchObject({ status: 'error', error: { code: 'ROWS_MISCOUNTED' } });
    expect(service.reports()).toEqual([]);
  });
});

describe('rows of a source that knows how many it has', () => {
  it('end the job in an error where fewer came', async () => {
    const job = await deliver(10, async (table) => fileOf(table, 11));
    expect(job).toMatchObject({ status: 'error', error: { code: 'ROWS_MISCOUNTED' } });
    expect(service.reports()).toEqual([]);
  });

  it('are told while they come, and to the renderer beforehand', async () => {
    let expected: number | undefined;
    const real = lineRenderer();
    service.renderer = {
      ...real,
      render: (report, tables, sink, context) => {
        expected = context.rowsExpected;
        return real.render(report, tables, sink, context);
      },
    };
    await deliver(10, async (table) => fileOf(table, 10));
    expect(expected).toBe(10);
  });
});

it('a source that cannot be opened fails the attempt, which is given back', async () => {
  const job = await deliver(1, () => Promise.reject(new Error('down')));
  expect(job).toMatchObject({ status: 'processing', leaseUntil: 0, lastFailure: { code: 'INTERNAL' } });
});
