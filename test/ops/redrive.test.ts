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

const redrive = (of = id) => redriveJob(of, service.ports.jobs, service.ports.queue, service.clock.now());

describe('an operator who redrives a job', () => {
  it('that failed opens it again, and a worker makes its file', async () => {
    await service.deliver();
    service.renderer = lineRenderer();
    expect(await redrive()).toBe('opened again');
    await service.deliver();
    expect(service.table.get(id)).toMatchObject({ status: 'done', generation: 2 });
    expect(service.reports()).toHaveLength(1);
  });

  it('twice opens it once', async () => {
    await service.deliver();
    await redrive();
    expect(await redrive()).toBe('left alone, it is queued');
    expect(service.queue.messages.size).toBe(1);
    expect(service.table.get(id)).toMatchObject({ generation: 2 });
  });

  it('that has not failed, or that there is not, changes nothing', async () => {
    expect(await redrive()).toBe('left alone, it is queued');
    expect(await redrive('a'.repeat(26))).toBe('unknown');
    expect(service.writesOf(id)).not.toContain('redrive');
  });
});
