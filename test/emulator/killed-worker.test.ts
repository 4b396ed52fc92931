import { execFileSync } from 'node:child_process';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, letLockExpire, letTimePass, rowOf, sweepNow, withEnvironment } from '../support/faults.ts';
import { type Call, type CallProxy, isUpload, startProxy } from '../support/proxy.ts';
import { api, output, s3, target } from '../support/target.ts';
import { keyed, smallRequest } from './requests.ts';

/** Only the functions of an emulator of our own are processes that we may kill. */
const OURS = target.processGroup !== undefined && target.endpoint !== undefined;

const never = new Promise<void>(() => {});

describe.skipIf(!OURS)('a worker that is killed (needs an emulator of its own)', () => {
  let proxy: CallProxy;
  afterEach(() => proxy.close());

  it('while it uploads leaves a job that still ends done, once', async () => {
    proxy = await startProxy(target.endpoint ?? '', (call) => (isUpload(call) ? never : Promise.resolve()));
    const through = () => ({ AWS_ENDPOINT_URL: proxy.url });
    const id = await withEnvironment('WorkerFunction', through, async () => {
      const posted = (await api.generate(smallRequest('xlsx'), keyed())).id;
      await eventually(async () => proxy.calls.some(isUpload));
      killWorkers();
      return posted;
    });
    expect(await rowOf(id)).toMatchObject({ status: 'processing', attempt: 1 });
    expect(await objectsOf(id)).toHaveLength(0);

    await letTimePass(id);
    await letLockExpire(id);
    await sweepNow();
    expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done', attempt: 2 });
    expect(await objectsOf(id)).toHaveLength(1);
  });

  it('after the upload and before it could say so leaves a job that ends with that very file', async () => {
    let uploaded = false;
    const isFarewell = (call: Call) => uploaded && call.operation?.endsWith('UpdateItem') === true;
    proxy = await startProxy(target.endpoint ?? '', (call) => {
      uploaded ||= isUpload(call);
      return isFarewell(call) ? never : Promise.resolve();
    });
    const through = () => ({ AWS_ENDPOINT_URL: proxy.url });
    const id = await withEnvironment('WorkerFunction', through, async () => {
      const posted = (await api.generate(smallRequest('pdf'), keyed())).id;
      await eventually(async () => uploaded && proxy.calls.at(-1)?.operation?.endsWith('UpdateItem') === true);
      killWorkers();
      return posted;
    });
    expect(await rowOf(id)).toMatchObject({ status: 'processing', attempt: 1 });
    const [before] = await objectsOf(id);
    expect(before?.ETag).toBeTruthy();

    await letTimePass(id);
    await letLockExpire(id);
    await sweepNow();
    expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done', attempt: 2 });
    const after = await objectsOf(id);
    expect(after.map(({ ETag, LastModified }) => ({ ETag, LastModified }))).toEqual([
      { ETag: before?.ETag, LastModified: before?.LastModified },
    ]);
  });
});

async function objectsOf(id: string) {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: output('Bucket'), Prefix: 'reports/' }));
  return Contents.filter(({ Key }) => Key?.includes(`/${id}/`));
}

/** KILL for every process in the emulator's group that runs the worker function. */
function killWorkers(): void {
  const processes = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const victims = processes.flatMap((line) => {
    const [, pid, group, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    const isWorker = Number(group) === target.processGroup && args.includes(output('WorkerFunction'));
    return isWorker ? [Number(pid)] : [];
  });
  expect(victims.length).toBeGreaterThan(0);
  for (const pid of victims) process.kill(pid, 'SIGKILL');
}
