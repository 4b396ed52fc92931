import { beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../lambdas/domain/failures.ts';
import { redriveJob } from '../../ops/redrive.ts';
import { lineRenderer } from '../support/line-renderer.ts';
import { MemoryService, request } from '../support/memory/service.ts';

let service: MemoryService;
let id: string;
beforeEach(async () => {
  service = new MemoryService();
  service.renderer = {
    ...service.renderer,
    render: () => Promise.reject(new PermanentFailure('TOO_LARGE', 'Too large.')),
  };
  id = (await service.post(request())).job.id;
});

let said: string[];
const redrive = async (of = id) => {
  said = [];
  return redriveJob(of, service.ports, (text) => said.push(text));
};

describe('an operator who redrives a job', () => {
  it('that failed opens it again, and a worker makes its file', async () => {
    await service.deliver();
    service.renderer = lineRenderer();
    expect(await redrive()).toBe(true);
    expect(said).toEqual([`${id}: opened again`]);
    await service.deliver();
    expect(service.table.get(id)).toMatchObject({ status: 'done', generation: 2 });
    expect(service.reports()).toHaveLength(1);
  });

  it('twice opens it once', async () => {
    await service.deliver();
    await redrive();
    expect(await redrive()).toBe(false);
    expect(said[0]).toContain('left alone, NOT_FAILED: The job is queued');
    expect(service.queue.messages.size).toBe(1);
    expect(service.table.get(id)).toMatchObject({ generation: 2 });
  });

  it('that has not failed, or that there is not, changes nothing', async () => {
    expect(await redrive()).toBe(false);
    expect(await redrive('a'.repeat(26))).toBe(false);
    expect(said[0]).toContain('NOT_FOUND');
    expect(service.writesOf(id)).not.toContain('redrive');
  });

  it('whose request is gone leaves it as it is, since it could only fail again', async () => {
    id = (await service.post(request({}, 2_000))).job.id;
    await service.deliver();
    await service.deliver();
    service.bucket.objects.clear();
    expect(await redrive()).toBe(false);
    expect(said[0]).toContain('REQUEST_GONE');
    expect(service.table.get(id)).toMatchObject({ status: 'error', generation: 1 });
    expect(service.queue.messages.size).toBe(0);
  });
});
