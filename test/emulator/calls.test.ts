import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withEnvironment } from '../support/faults.ts';
import { type CallProxy, startProxy } from '../support/proxy.ts';
import { api, target } from '../support/target.ts';
import { keyed, largeRequest, smallRequest } from './requests.ts';

/** The functions of an emulator on this machine can be made to call through a proxy on this machine. */
const NEAR = target.processGroup !== undefined;

describe.skipIf(!NEAR)('calls to AWS (need an emulator of its own)', () => {
  let proxy: CallProxy;
  beforeEach(async () => {
    proxy = await startProxy(target.endpoint ?? '');
  });
  afterEach(() => proxy.close());

  /** SQS clients call the queue's own address. */
  const throughProxy = (before: Record<string, string>) => ({
    AWS_ENDPOINT_URL: proxy.url,
    ...(before.QUEUE_URL ? { QUEUE_URL: proxy.rebase(before.QUEUE_URL) } : {}),
  });

  it('of a POST are a put, a send and an update', async () => {
    await withEnvironment('EnqueueFunction', throughProxy, () => api.generate(smallRequest('xlsx'), keyed()));
    expect(proxy.calls.map((call) => call.operation)).toEqual([
      'DynamoDB_20120810.PutItem',
      'AmazonSQS.SendMessage',
      'DynamoDB_20120810.UpdateItem',
    ]);
  });

  it('of a POST with a large body are one more, to the bucket', async () => {
    await withEnvironment('EnqueueFunction', throughProxy, () => api.generate(largeRequest('xlsx', 500), keyed()));
    expect(proxy.calls).toHaveLength(4);
    expect(proxy.calls[0]).toMatchObject({ method: 'PUT', path: expect.stringContaining('/requests/') });
  });

  it('of a GET are one, also when it signs a link', async () => {
    const { id } = await api.generate(smallRequest('xlsx'), keyed());
    await api.ended(id, { pollMs: 100 });
    const job = await withEnvironment('StatusFunction', throughProxy, () => api.status(id));
    expect(job.report?.url).toBeTruthy();
    expect(proxy.calls.map((call) => call.operation)).toEqual(['DynamoDB_20120810.GetItem']);
  });

  it('of a refused POST are none', async () => {
    const refused = () => api.post(smallRequest('xlsx', { title: '' }));
    expect((await withEnvironment('EnqueueFunction', throughProxy, refused)).status).toBe(422);
    expect(proxy.calls).toEqual([]);
  });
});
