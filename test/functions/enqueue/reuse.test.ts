import { beforeEach, describe, expect, it } from 'vitest';
import { isReported } from '../../../lambdas/domain/job.ts';
import type { Problem } from '../../../lambdas/domain/problems.ts';
import { airports } from '../../../lambdas/reports/airports.ts';
import { MemoryService, request } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

const HOUR = 3600;

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

const asked = (changes: object = {}) => request({ reuseWithinSeconds: HOUR, ...changes });

async function drain(): Promise<void> {
  while ((await service.deliver()) !== undefined);
}

async function idsOf(...posts: readonly Parameters<MemoryService['post']>[]): Promise<string[]> {
  const accepted = await Promise.all(posts.map((post) => service.post(...post)));
  return accepted.map(({ job }) => job.id);
}

describe('a request that takes an earlier report', () => {
  it('posted fifty times at once makes one job, one message, one file', async () => {
    const ids = await idsOf(...Array.from({ length: 50 }, () => [asked()] as [object]));
    expect(new Set(ids).size).toBe(1);
    expect(service.table.all()).toHaveLength(1);
    expect(service.queue.messages.size).toBe(1);
    await drain();
    expect(service.reports()).toHaveLength(1);
  });

  it('gets the job that is done, with its file, at once', async () => {
    const [first] = await idsOf([asked()]);
    await drain();
    service.clock.advance(60);
    const { job, replayed } = await service.post(asked());
    expect([job.id, job.status, replayed]).toEqual([first, 'done', true]);
    expect(service.queue.messages.size).toBe(0);
  });

  it('never gets a file that is older than it said, or that ends sooner than that', async () => {
    for (let minutes = 0; minutes < 180; minutes += 7) {
      const { job } = await service.post(asked());
      await drain();
      const now = service.clock.now();
      const row = service.table.get(job.id);
      expect(now - Date.parse(job.createdAt)).toBeLessThan(HOUR * 1000);
      const left = row !== undefined && isReported(row) ? row.reportExpiresAt * 1000 - now : 0;
      expect(left).toBeGreaterThan((SETTINGS.reportRetention - HOUR) * 1000);
      service.clock.advance(7 * 60);
    }
    expect(service.table.all().length).toBeLessThanOrEqual(4);
  });

  it('never gets the job of another tenant, of another request, or of one that takes none', async () => {
    const other = 'arn:aws:iam::123456789012:user/other';
    const ids = await idsOf(
      [asked()],
      [asked(), undefined, other],
      [asked({ title: 'Other' })],
      [request()],
      [request()],
    );
    expect(new Set(ids).size).toBe(5);
  });

  it('over a dataset gets a new job where the file was replaced', async () => {
    const id = service.upload('a,b\n1,2\n');
    const over = asked({ columns: undefined, rows: undefined, dataset: { id, format: 'csv' } });
    const [first, again] = [await idsOf([over]), await idsOf([over])];
    service.upload('a,b\n1,3\n', id);
    expect(again).toEqual(first);
    expect(await idsOf([over])).not.toEqual(first);
  });

  it('for a defined report gets a new job where the definition has another version', async () => {
    const defined = { format: 'xlsx', report: 'airports', params: { state: 'CA' }, reuseWithinSeconds: HOUR };
    service.definitions = [airports];
    const first = await idsOf([defined]);
    service.definitions = [{ ...airports, version: airports.version + 1 }];
    expect(await idsOf([defined])).not.toEqual(first);
  });

  it('is made anew where the earlier job failed, and then shared again', async () => {
    const { job } = await service.post(asked());
    const failed = {
      ...job,
      status: 'error',
      error: { code: 'INTERNAL', detail: 'x', retryable: true },
      finishedAt: 'x',
    };
    service.table.put(job.id, failed, 'test');
    const [second, third] = [await idsOf([asked()]), await idsOf([asked()])];
    expect(second).not.toEqual([job.id]);
    expect(third).toEqual(second);
  });

  it('is accepted once where the table does not answer the first put', async () => {
    service.faults.loseReply('jobs.create');
    await expect(service.post(asked())).rejects.toThrow();
    await service.post(asked());
    expect(service.table.all()).toHaveLength(1);
  });

  it('has no Idempotency-Key, which would name a job of its own', async () => {
    const faults = await service.post(asked(), 'key').catch((problem: Problem) => problem.faults);
    expect(faults).toMatchObject([{ pointer: '/reuseWithinSeconds', code: 'INVALID_VALUE' }]);
  });
});
