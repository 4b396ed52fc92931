import { describe, expect, it } from 'vitest';
import type { Job } from '../../lambdas/domain/job.ts';
import { MemoryService, request, TENANT } from '../support/memory/service.ts';
import { SETTINGS } from '../support/settings.ts';

/** What AWS removes when its time has come, each by itself and up to days late. */
const REMOVALS = {
  row: (service: MemoryService) => service.table.rows.clear(),
  report: ({ bucket }: MemoryService) => {
    for (const key of bucket.objects.keys()) if (key.startsWith('reports/')) bucket.objects.delete(key);
  },
  request: ({ bucket }: MemoryService) => {
    for (const key of bucket.objects.keys()) if (key.startsWith('requests/')) bucket.objects.delete(key);
  },
  record: ({ locks }: MemoryService) => locks.records.clear(),
} as const;
type Removal = keyof typeof REMOVALS;

const NAMES = Object.keys(REMOVALS) as Removal[];
/** Every choice of what is gone already, the row always among it: only then is the key free again. */
const CHOICES = Array.from({ length: 2 ** NAMES.length }, (_, bits) => NAMES.filter((_, i) => bits & (1 << i))).filter(
  (gone) => gone.includes('row'),
);

/** More rows than fit into the row of the job, and one less the second time, where it is to be another body. */
const body = (rows: number) => request({}, rows);

async function madeBefore(gone: readonly Removal[]): Promise<MemoryService> {
  const service = new MemoryService();
  await service.post(body(1_000), 'key');
  await service.deliver();
  expect(service.table.all()).toMatchObject([{ status: 'done' }]);
  service.clock.advance(SETTINGS.jobRetention + 1);
  for (const name of gone) REMOVALS[name](service);
  return service;
}

function fileOf({ bucket }: MemoryService, job: Job | undefined): string {
  return job?.status === 'done' ? String(bucket.objects.get(job.report?.key ?? '')?.bytes) : '';
}

describe.each(CHOICES)('a key that is used again when %s', (...gone) => {
  it.each([
    ['the same', 1_000],
    ['another', 999],
  ])('are gone makes its own report of %s body', async (_, rows) => {
    const service = await madeBefore(gone);
    const { job, replayed } = await service.post(body(rows), 'key', TENANT);
    expect(replayed).toBe(false);
    await service.deliver();
    const [made] = service.table.all();
    expect(made).toMatchObject({ id: job.id, status: 'done', attempt: 1, report: { rows } });
    expect(fileOf(service, made).split('\n')[0]).toBe(job.createdAt);
  });
});
