import { beforeEach, describe, expect, it } from 'vitest';
import { parseDownloadQuery } from '../../../lambdas/domain/download-query.ts';
import { download } from '../../../lambdas/functions/status/download.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
let id: string;
beforeEach(async () => {
  service = new MemoryService();
  id = (await service.post(request())).job.id;
});

const wanted = (changes: object = {}) =>
  download({ id, tenant: TENANT, disposition: 'attachment', ...changes }, service.ports);

describe('the file of a job', () => {
  it('is led to by a link that is signed at each call', async () => {
    await service.deliver();
    const first = await wanted();
    service.clock.advance(60);
    const second = await wanted();
    expect(first.url).toContain(service.reports()[0]);
    expect(Date.parse(second.expiresAt) - Date.parse(first.expiresAt)).toBe(60_000);
  });

  it('is not there yet', async () => {
    await expect(wanted()).rejects.toMatchObject({ code: 'NOT_DONE', message: 'The job has no file: it is queued.' });
  });

  it('is gone after its retention', async () => {
    await service.deliver();
    service.clock.advance(SETTINGS.reportRetention);
    await expect(wanted()).rejects.toMatchObject({ code: 'GONE' });
  });

  it('of another tenant is as unknown as one that never was', async () => {
    await service.deliver();
    const [foreign, unknown] = await Promise.all(
      [{ tenant: 'another' }, { id: 'nothing' }].map((change) => wanted(change).catch((cause) => cause)),
    );
    expect({ ...foreign, message: foreign.message }).toEqual({ ...unknown, message: unknown.message });
  });

  it('can be shown by a browser if it is a PDF', async () => {
    await service.deliver();
    await expect(wanted({ disposition: 'inline' })).rejects.toMatchObject({ code: 'INVALID_QUERY' });
    id = (await service.post(request({ format: 'pdf' }))).job.id;
    await service.deliver();
    await expect(wanted({ disposition: 'inline' })).resolves.toMatchObject({ url: expect.any(String) });
  });
});

describe('the query of a download', () => {
  it.each([
    [{}, false],
    [{ inline: '' }, true],
    [{ inline: 'true' }, true],
    [{ inline: 'false' }, false],
  ])('%j', (query, inline) => {
    expect(parseDownloadQuery(query)).toEqual({ inline });
  });

  it.each([
    [{ inline: 'yes' }, '/inline'],
    [{ inline: 'constructor' }, '/inline'],
    [{ attachment: '' }, '/attachment'],
  ])('%j is refused', (query, pointer) => {
    expect(() => parseDownloadQuery(query)).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer })] }),
    );
  });
});
