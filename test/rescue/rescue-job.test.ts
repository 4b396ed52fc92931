import { beforeEach, describe, expect, it } from 'vitest';
import type { EndedJob, Job, OpenJob, ProcessingJob } from '../../lambdas/domain/job.ts';
import { tenantHash } from '../../lambdas/domain/keys.ts';
import { rescueJob } from '../../lambdas/rescue/rescue-job.ts';
import { sendCallback } from '../../lambdas/rescue/send-callback.ts';
import { MemoryService, request, TENANT } from '../support/memory/service.ts';
import { SETTINGS } from '../support/settings.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

const row = <T extends Job>() => service.table.all()[0] as T;
const rescue = (job = row<OpenJob>()) => rescueJob(job, service.ports, SETTINGS);
const lines = (event: string) => service.log.lines.filter((line) => line.event === event);

/** A job that a worker died with, and whose lease is over. */
async function dead(before = 'reports.put'): Promise<ProcessingJob> {
  await service.post(request());
  await service.dieBefore(before);
  service.queue.messages.clear();
  return row<ProcessingJob>();
}

describe('a job that is overdue', () => {
  it('is sent for in the group of its tenant, and that is told', async () => {
    await service.post(request());
    const groups: string[] = [];
    const queue = { send: async (_: object, group: string) => void groups.push(group) };
    expect(await rescueJob(row<OpenJob>(), { ...service.ports, queue }, SETTINGS)).toBe('sent');
    expect(groups).toEqual([tenantHash(TENANT)]);
    expect(lines('rescued')).toMatchObject([
      { level: 'warn', fields: { jobId: row().id, attempt: 0, sends: 1, rescued: 'sent' } },
    ]);
  });

  it('is left to whoever moved it, or to nobody where its row is gone', async () => {
    await service.post(request());
    const seen = row<OpenJob>();
    await rescue();
    service.clock.advance(1);
    expect(await rescue(seen)).toBe('moved on');
    const sent = service.queue.sent;
    service.table.rows.clear();
    expect(await rescue(seen)).toBe('moved on');
    expect(service.queue.sent).toBe(sent);
  });

  it('is sent for although the reply of the row was lost', async () => {
    await service.post(request());
    const seen = row<OpenJob>();
    await rescue(seen);
    expect(await rescue(seen)).toBe('sent');
  });

  it('is as overdue as before where the queue takes nothing', async () => {
    await service.post(request());
    const seen = row<OpenJob>();
    service.faults.refuse('queue.send');
    await expect(rescue()).rejects.toThrow();
    expect(row()).toMatchObject({ sweepAt: seen.sweepAt, sends: seen.sends });
  });

  it('is left alone while its attempt may be alive', async () => {
    const seen = await dead();
    expect(await rescue({ ...seen, leaseUntil: service.clock.now() })).toBe('alive');
    expect(lines('rescued')).toEqual([]);
  });
});

describe('a job that is beyond help', () => {
  it('is done where its file stands, for as long as a report lives from now on', async () => {
    const seen = { ...(await dead('jobs.finishDone')), tries: SETTINGS.maxAttempts };
    expect(await rescue(seen)).toBe('done');
    const now = Math.floor(service.clock.now() / 1000);
    expect(row()).toMatchObject({ status: 'done', reportExpiresAt: now + SETTINGS.reportRetention });
    expect(lines('finished').at(-1)).toMatchObject({ measures: { Done: 1, Rows: 2 } });
  });

  it('ends with its error where there is none, and that is told', async () => {
    const seen = { ...(await dead()), tries: SETTINGS.maxAttempts };
    expect(await rescue(seen)).toBe('error');
    expect(row()).toMatchObject({ status: 'error', error: { code: 'WORKER_LOST' } });
    expect(lines('finished')).toMatchObject([
      {
        fields: { jobId: seen.id, generation: 1, attempt: 1, code: 'WORKER_LOST' },
        measures: { Failed: 1, Attempts: 1, Faults: 1 },
      },
    ]);
    expect(lines('rescued')).toMatchObject([{ fields: { rescued: 'error', code: 'WORKER_LOST' } }]);
  });

  it('has no file to look for before anybody took it', async () => {
    await service.post(request());
    service.clock.advance(SETTINGS.queuedMaxAge + 1);
    service.faults.refuse('reports.inspect');
    expect(await rescue()).toBe('error');
    expect(row()).toMatchObject({ error: { code: 'EXPIRED_IN_QUEUE' } });
  });

  it('is left to whoever took it since', async () => {
    const seen = { ...(await dead()), tries: SETTINGS.maxAttempts };
    service.sendAgain(seen.id);
    await service.deliver();
    const before = row();
    expect(await rescue(seen)).toBe('moved on');
    expect(row()).toEqual(before);
    expect(lines('finished')).toHaveLength(1);
  });
});

describe('a callback whose time has come', () => {
  const ended = async () => {
    await service.post(request({ callbackUrl: 'https://receiver.example/' }));
    await service.deliver();
    return row<EndedJob>();
  };

  it('is sent for, and looked at again in five minutes', async () => {
    const job = await ended();
    expect(await sendCallback(job, service.ports)).toBe('told');
    expect(service.callbacks).toMatchObject([{ jobId: job.id, generation: 1 }]);
    expect(row<EndedJob>().sweepAt).toBe(service.clock.now() + 300_000);
    expect(lines('callback sent for')).toMatchObject([{ fields: { jobId: job.id, attempts: 0 } }]);
    await sendCallback({ ...row<EndedJob>(), callbackAttempts: 3 }, service.ports);
    expect(lines('callback sent for').at(-1)).toMatchObject({ fields: { attempts: 3 } });
  });

  it('is not sent for by whoever comes second', async () => {
    const job = await ended();
    await sendCallback(job, service.ports);
    expect(await sendCallback({ ...job, sweepAt: 1 }, service.ports)).toBe('moved on');
    expect(service.callbacks).toHaveLength(1);
  });
});
