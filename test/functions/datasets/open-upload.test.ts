import { describe, expect, it } from 'vitest';
import { datasetUploadSchema } from '../../../lambdas/domain/answers.ts';
import { openUpload } from '../../../lambdas/functions/datasets/open-upload.ts';
import { ManualClock } from '../../support/memory/clock.ts';
import { MemoryUploadLinks } from '../../support/memory/dataset-store.ts';
import { MemoryLog } from '../../support/memory/log.ts';
import { TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

const clock = new ManualClock();
const log = new MemoryLog();
const open = (json: unknown, tenant = TENANT) =>
  openUpload(tenant, json, { links: new MemoryUploadLinks(), clock, log }, SETTINGS);

describe('a place to upload rows to', () => {
  it('is an id of its own, in the folder of the tenant', async () => {
    const [mine, mine2, theirs] = await Promise.all([open(undefined), open({}), open({}, 'other')]);
    expect(datasetUploadSchema.parse(mine)).toEqual(mine);
    const folders = [mine, mine2, theirs].map(({ upload }) => upload.url.split('/').slice(-3, -1).join('/'));
    expect(folders[0]).toMatch(/^datasets\/[0-9a-f]{32}$/);
    expect(folders[1]).toBe(folders[0]);
    expect(folders[2]).not.toBe(folders[0]);
    expect(new Set([mine.id, mine2.id, theirs.id]).size).toBe(3);
    expect(Date.parse(mine.expiresAt)).toBe(clock.now() + SETTINGS.datasetRetention * 1000);
  });

  it('takes as many bytes as are announced', async () => {
    expect((await open({ sizeBytes: 17 })).upload.headers).toEqual({ 'Content-Length': '17' });
  });

  it('takes the largest that there may be, and one that is not announced', async () => {
    expect((await open({ sizeBytes: SETTINGS.datasetMaxBytes })).upload.headers).toHaveProperty('Content-Length');
    expect((await open({})).upload.headers).toEqual({});
  });

  it('says what is wrong, and where', async () => {
    await expect(open([])).rejects.toThrow(/^the request: /);
    await expect(open(null)).rejects.toThrow(/^the request: /);
    await expect(open({ sizeBytes: -1 })).rejects.toThrow(/^\/sizeBytes: /);
  });

  it.each([
    [{ sizeBytes: SETTINGS.datasetMaxBytes + 1 }, '/sizeBytes', 'DATASET_TOO_LARGE'],
    [{ sizeBytes: -1 }, '/sizeBytes', 'INVALID_VALUE'],
    [{ sizeBytes: '17' }, '/sizeBytes', 'INVALID_VALUE'],
    [{ size: 17 }, '/size', 'UNKNOWN_MEMBER'],
    [[], '', 'INVALID_VALUE'],
  ])('is refused for %j', async (json, pointer, code) => {
    await expect(open(json)).rejects.toMatchObject({ code: 'INVALID_REQUEST', faults: [{ pointer, code }] });
  });
});
