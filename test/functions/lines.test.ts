import { beforeEach, describe, expect, it } from 'vitest';
import type { CallbackAnswer } from '../../lambdas/domain/callback.ts';
import { tenantHash } from '../../lambdas/domain/keys.ts';
import { deliver } from '../../lambdas/functions/callback/deliver.ts';
import { openUpload } from '../../lambdas/functions/datasets/open-upload.ts';
import { closeDeadLetter } from '../../lambdas/functions/dead-letter/close-dead-letter.ts';
import { lookUp } from '../../lambdas/functions/status/look-up.ts';
import { MemoryCallbackQueue } from '../support/memory/callback-queue.ts';
import { MemoryUploadLinks } from '../support/memory/dataset-store.ts';
import { MemoryService, request, TENANT } from '../support/memory/service.ts';
import { SETTINGS } from '../support/settings.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

/** The lines of an event, each with its fields and what it measures. */
const lines = (event: string) =>
  service.log.lines
    .filter((line) => line.event === event)
    .map(({ level, fields, measures }) => ({ level, ...fields, ...(measures && { measures }) }));

const post = async (key?: string, changes = {}) => (await service.post(request(changes), key, TENANT, 'call-1')).job.id;
const jobIn = (id: string) => ({ jobId: id, generation: 1 });

describe('a job that goes its way writes a line for each step', () => {
  it('when it is accepted, and when it was accepted before', async () => {
    const jobId = await post('key');
    expect(lines('accepted')).toEqual([{ level: 'info', jobId, rows: 2, measures: { Accepted: 1 } }]);
    await post('key');
    expect(lines('replayed')).toEqual([{ level: 'info', jobId, acceptedAs: 'call-1', measures: { Replayed: 1 } }]);
    expect(lines('accepted')).toHaveLength(1);
  });

  it('when it is claimed: how long it waited, for its first attempt alone', async () => {
    const jobId = await post();
    service.clock.advance(7);
    await service.dieBefore('reports.put');
    await service.sweep();
    await service.deliver();
    const about = { level: 'info', jobId, generation: 1, requestId: 'call-1' };
    expect(lines('claimed')).toEqual([
      { ...about, attempt: 1, measures: { QueueSeconds: 7 } },
      { ...about, attempt: 2, measures: {} },
    ]);
  });

  it('when it ends: how it ended, and after how long', async () => {
    const jobId = await post();
    service.clock.advance(7);
    await service.deliver();
    expect(lines('finished')).toMatchObject([
      { level: 'info', jobId, attempt: 1, outcome: 'done', milliseconds: 0, measures: { Done: 1, JobSeconds: 7 } },
    ]);
    expect(lines('finished')[0]?.measures).toHaveProperty('RenderSeconds');
    expect(lines('finished')[0]).toHaveProperty('code', undefined);
  });

  it('when there is nothing to do for a message', async () => {
    const jobId = await post();
    await service.deliver();
    service.sendAgain(jobId);
    service.sendAgain('unknown');
    while ((await service.deliver()) !== undefined);
    expect(lines('nothing to do')).toEqual([
      { level: 'info', jobId, status: 'done' },
      { level: 'info', jobId: 'unknown', status: 'unknown' },
    ]);
  });

  it('when it cannot be claimed, and when its message cannot be brought back', async () => {
    const jobId = await post();
    service.faults.refuse('jobs.claim');
    service.faults.refuse('queue.return');
    await service.deliver();
    expect(lines('to be tried again')).toMatchObject([{ level: 'error', jobId, seconds: SETTINGS.backoffBase }]);
    expect(lines('not returned early')).toMatchObject([{ level: 'error', jobId }]);
  });
});

describe('a link that is signed is told of, with what it is to and until when', () => {
  it('to a report, to its bad cells, and to upload with', async () => {
    const dataset = { id: service.upload(`a\n${'x\n'.repeat(20)}`), format: 'csv', maxBadCells: 1000 };
    const columns = [{ key: 'a', type: 'number' }];
    const ids = [await post(), (await service.post({ format: 'xlsx', title: 'T', columns, dataset })).job.id];
    for (const _ of ids) await service.deliver();
    const [plain, withBadCells] = await Promise.all(ids.map((id) => lookUp(id, TENANT, service.ports)));
    const about = { level: 'info', tenant: tenantHash(TENANT), until: plain?.links?.report.expiresAt };
    const sizeBytes = plain?.job.status === 'done' ? plain.job.report?.sizeBytes : undefined;
    expect(plain?.links?.badCells).toBeUndefined();
    expect(withBadCells?.links?.badCells?.url).toContain('bad-cells');
    expect(lines('download link signed')).toMatchObject([
      { ...about, jobId: ids[0], sizeBytes, measures: { LinksSigned: 1 } },
      { ...about, jobId: ids[1], measures: { LinksSigned: 2 } },
    ]);
    const links = new MemoryUploadLinks();
    const upload = await openUpload(TENANT, { sizeBytes: 5 }, { ...service.ports, links }, SETTINGS);
    expect(lines('upload link signed')).toEqual([
      {
        ...{ level: 'info', datasetId: upload.id, tenant: tenantHash(TENANT), until: upload.upload.expiresAt },
        ...{ sizeBytes: 5, measures: { LinksSigned: 1 } },
      },
    ]);
  });
});

describe('a dead letter is told of', () => {
  it('with the job that it names, if it names one, and counted', async () => {
    const jobId = await post();
    await closeDeadLetter('junk', service.ports, SETTINGS);
    await closeDeadLetter(JSON.stringify(jobIn(jobId)), service.ports, SETTINGS);
    expect(lines('dead letter')).toEqual([
      { level: 'info', jobId: undefined, measures: { DeadLetters: 1 } },
      { level: 'info', jobId, measures: { DeadLetters: 1 } },
    ]);
    expect(lines('not a message of ours')).toEqual([{ level: 'warn', bytes: 4 }]);
    expect(lines('dead letter of an open job')).toMatchObject([{ level: 'warn', jobId, attempt: 0 }]);
  });
});

describe('a try to tell a receiver is told of', () => {
  const tell = async (id: string, answer: CallbackAnswer) => {
    const queue = new MemoryCallbackQueue(service.faults.gate);
    const ports = {
      ...{ ...service.ports, callbacks: queue, undelivered: queue, sender: { post: async () => answer } },
      ...{ secrets: { masters: async () => [Buffer.from('master')] }, random: () => 0.5 },
    };
    await deliver(JSON.stringify(jobIn(id)), ports);
  };

  it('with what came of it, and counted when it is the last', async () => {
    const id = await post(undefined, { callbackUrl: 'https://receiver.example/' });
    await service.deliver();
    await tell(id, { kind: 'unreachable', detail: 'Nobody is there.' });
    await tell(id, { kind: 'answered', status: 500 });
    await tell(id, { kind: 'answered', status: 200 });
    const about = { level: 'info', jobId: id };
    expect(lines('callback pending')).toMatchObject([
      {
        ...{ ...about, attempts: 1, status: undefined, detail: 'Nobody is there.' },
        measures: { Callbacks: 0, CallbackFailures: 0 },
      },
      { ...about, attempts: 2, status: 500, detail: undefined, measures: { Callbacks: 0, CallbackFailures: 0 } },
    ]);
    expect(lines('callback delivered')).toMatchObject([
      { ...about, attempts: 3, status: 200, measures: { Callbacks: 1, CallbackFailures: 0 } },
    ]);
    const lost = await post(undefined, { callbackUrl: 'https://receiver.example/' });
    await service.deliver();
    await tell(lost, { kind: 'answered', status: 410 });
    expect(lines('callback failed')).toMatchObject([
      { jobId: lost, attempts: 1, status: 410, measures: { Callbacks: 0, CallbackFailures: 1 } },
    ]);
  });

  it.each([
    [199, 'pending'],
    [200, 'delivered'],
    [299, 'delivered'],
    [300, 'pending'],
  ])('%i makes it %s', async (status, state) => {
    const id = await post(undefined, { callbackUrl: 'https://receiver.example/' });
    await service.deliver();
    await tell(id, { kind: 'answered', status });
    expect(service.table.get(id)).toMatchObject({ callbackState: state, callbackStatus: status });
  });
});
