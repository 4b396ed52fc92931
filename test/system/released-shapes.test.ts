import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jobOf } from '../../lambdas/adapters/job-item.ts';
import { jobSchema } from '../../lambdas/domain/answers.ts';
import type { Job } from '../../lambdas/domain/job.ts';
import { viewOf } from '../../lambdas/domain/view.ts';
import { lookUp } from '../../lambdas/functions/status/look-up.ts';
import { redriveJob } from '../../ops/redrive.ts';
import { MemoryService, TENANT } from '../support/memory/service.ts';

const FOLDER = 'test/fixtures/released';

/** What a version left in the table and in the queue; a file of one that was released is never changed. */
interface Released {
  readonly rows: Readonly<Record<'queued' | 'processing' | 'done' | 'error', Record<string, unknown>>>;
  readonly message: string;
}

const versions = readdirSync(FOLDER).map((file): [string, Released] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')),
]);

/** The service of today, an hour after the version before left such a row. */
function withRow(row: Record<string, unknown>): { service: MemoryService; id: string } {
  const service = new MemoryService();
  const job = jobOf(row);
  service.table.put(job.id, { ...job }, 'released');
  service.clock.advance(3600);
  return { service, id: job.id };
}

async function view(service: MemoryService, id: string) {
  const { job, links } = await lookUp(id, TENANT, service.ports);
  const sent = JSON.parse(JSON.stringify(viewOf(job, (path) => path, links)));
  expect(jobSchema.parse(sent)).toEqual(sent);
  return sent;
}

describe.each(versions)('what version %s left', (_version, { rows, message }) => {
  it.each(Object.keys(rows) as Job['status'][])('is shown to its client: %s', async (status) => {
    const { service, id } = withRow(rows[status as keyof typeof rows]);
    expect(await view(service, id)).toMatchObject({ id, status });
  });

  it.each(['queued', 'processing'] as const)(
    'is made by a worker of today, from its own message: %s',
    async (status) => {
      const { service, id } = withRow(rows[status]);
      service.queue.send(message);
      await service.deliver();
      expect(await view(service, id)).toMatchObject({ status: 'done', report: { rows: 2 } });
    },
  );

  it.each(['queued', 'processing'] as const)(
    'is found by the sweeper where its message is lost: %s',
    async (status) => {
      const { service, id } = withRow(rows[status]);
      expect(await service.sweep()).toMatchObject({ sent: 1 });
      await service.deliver();
      expect(service.table.get(id)).toMatchObject({ status: 'done' });
    },
  );

  it('is opened again by an operator: error', async () => {
    const { service, id } = withRow(rows.error);
    expect(await redriveJob(id, service.ports, () => {})).toBe(true);
    await service.deliver();
    expect(service.table.get(id)).toMatchObject({ status: 'done', generation: 2 });
  });
});
