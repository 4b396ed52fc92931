import { createServer, type Server } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outage } from '../../lambdas/domain/failures.ts';
import { limited, withinTime } from '../../lambdas/runtime/time-limit.ts';

/** Takes connections and never says anything. */
let silent: Server;
let endpoint: string;
beforeAll(async () => {
  silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => void silent.close());

const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
const client = () => limited(new DynamoDBClient({ endpoint, credentials, region: 'eu-west-1' }));
const get = new GetItemCommand({ TableName: 't', Key: { id: { S: 'j' } } });
const invocation = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds });

describe('a call that a service does not answer', () => {
  it('ends as an outage a second before the invocation would be killed', async () => {
    const began = performance.now();
    await expect(withinTime(invocation(1_300), () => client().send(get))).rejects.toThrow(Outage);
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it('is not even made when that time has come', async () => {
    await expect(withinTime(invocation(900), () => client().send(get))).rejects.toThrow(Outage);
  });

  it('takes no time from the next invocation', async () => {
    const dynamo = client();
    await expect(withinTime(invocation(1_100), () => dynamo.send(get))).rejects.toThrow(Outage);
    const second = withinTime(invocation(1_600), () => dynamo.send(get));
    const first = await Promise.race([second.catch(() => 'given up'), new Promise((r) => setTimeout(r, 200, 'waits'))]);
    expect(first).toBe('waits');
    await expect(second).rejects.toThrow(Outage);
  });
});
