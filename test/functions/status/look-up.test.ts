import { beforeEach, describe, expect, it } from 'vitest';
import { type JobView, jobSchema } from '../../../lambdas/domain/answers.ts';
import { PermanentFailure } from '../../../lambdas/domain/failures.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { lookUp } from '../../../lambdas/functions/status/look-up.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
let id: string;
beforeEach(async () => {
  service = new MemoryService();
  id = (await service.post(request({ reference: 'order 7' }))).job.id;
  service.faults.calls.length = 0;
});

async function look(of = id, tenant = TENANT): Promise<JobView> {
  const { job, links } = await lookUp(of, tenant, service.ports);
  const view = viewOf(job, (path) => path, links);
  const sent = JSON.parse(JSON.stringify(view));
  expect(jobSchema.parse(sent), 'what is sent is what the schema says, and no more').toEqual(sent);
  return view;
}

describe('a job', () => {
  it('that waits has neither report nor error', async () => {
    const view = await look();
    expect(view).toMatchObject({ id, status: 'queued', reference: 'order 7', report: null, error: null });
    expect(view).toMatchObject({ startedAt: null, finishedAt: null, progress: { rowsWritten: 0, rowsTotal: 2 } });
  });

  it('that failed is told with its reason', async () => {
    service.renderer = {
      ...service.renderer,
      render: () => Promise.reject(new PermanentFailure('TOO_LARGE', 'Too large.')),
    };
    await service.deliver();
    expect(await look()).toMatchObject({
      status: 'error',
      error: { code: 'TOO_LARGE', retryable: false },
      report: null,
    });
  });

  it('that is done has a link to its file, signed now, and not the key', async () => {
    await service.deliver();
    const { report, status } = await look();
    expect(status).toBe('done');
    expect(report).toMatchObject({ fileName: 'Sales.xlsx', rows: 2, url: expect.stringContaining('memory:reports/') });
    expect(report).not.toHaveProperty('key');
    expect(Date.parse(report?.urlExpiresAt ?? '')).toBeGreaterThan(service.clock.now());
  });

  it('costs one read, also when a link is signed', async () => {
    await service.deliver();
    service.faults.calls.length = 0;
    await look();
    expect(service.faults.calls).toEqual(['jobs.read']);
  });

  it('shows nothing of how the service works', async () => {
    await service.deliver();
    const text = JSON.stringify(await look());
    expect(text).not.toMatch(/tenant|arn:|requestHash|acceptId|sweep|lease|claimedBy|staged/i);
  });
});

describe('an id', () => {
  it('that is another tenant’s is answered as one that nobody has', async () => {
    const foreign = await look(id, 'arn:aws:iam::123456789012:user/other').catch((error) => error);
    const unknown = await look('a'.repeat(26)).catch((error) => error);
    expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
    expect(unknown).toEqual(foreign);
  });

  it.each(['', 'x', '../../etc/passwd', '%00', 'A'.repeat(26), '💣'.repeat(500), '__proto__'])(
    '%j is unknown without asking the table',
    async (text) => {
      await expect(look(text)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(service.faults.calls).toEqual([]);
    },
  );
});

describe('after retention', () => {
  it('of the report the job is gone, although its row still stands', async () => {
    await service.deliver();
    service.clock.advance(SETTINGS.reportRetention - 1);
    await expect(look()).resolves.toMatchObject({ status: 'done' });
    service.clock.advance(1);
    await expect(look()).rejects.toMatchObject({ code: 'GONE' });
  });

  it('of the row a job without a report is gone', async () => {
    service.clock.advance(SETTINGS.jobRetention - 1);
    await expect(look()).resolves.toMatchObject({ status: 'queued' });
    service.clock.advance(1);
    await expect(look()).rejects.toMatchObject({ code: 'GONE' });
  });

  it('a foreign job is not gone but unknown', async () => {
    service.clock.advance(SETTINGS.jobRetention);
    await expect(look(id, 'somebody else')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
