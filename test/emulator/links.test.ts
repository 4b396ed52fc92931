import { beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../lambdas/domain/answers.ts';
import { api } from '../support/target.ts';
import { keyed, smallRequest } from './requests.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('the link of a finished job', () => {
  let job: JobView;
  const url = () => job.report?.url ?? '';

  beforeAll(async () => {
    const { id } = await api.generate(smallRequest('xlsx', { fileName: 'Überblick "Köln" 2026' }), keyed());
    job = await api.ended(id, { pollMs: 100 });
  });

  it('downloads the file under its name and type, as an attachment that nobody caches', async () => {
    const response = await fetch(url());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(XLSX);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const disposition = response.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(job.report?.fileName);
    expect(job.report?.fileName).toMatch(/^Überblick .*Köln.* 2026\.xlsx$/);
    expect(new Uint8Array(await response.arrayBuffer())).toHaveLength(job.report?.sizeBytes ?? -1);
  });

  it('is reached from the POST by links alone', async () => {
    const posted = await api.post(smallRequest('xlsx'), keyed());
    const accepted = (await posted.json()) as JobView;
    expect(posted.headers.get('location')).toBe(accepted.links.self);
    await api.ended(accepted.id, { pollMs: 100 });
    const found = await api.follow(accepted.links.self, posted);
    const done = (await found.json()) as JobView;
    expect(done).toMatchObject({ id: accepted.id, status: 'done' });
    expect((await api.follow(done.links.self, found)).status).toBe(200);
    expect((await api.download(done)).status).toBe(200);
  });

  it('is signed anew at every read and tells until when it works', async () => {
    const again = await api.status(job.id);
    const inMinutes = (Date.parse(again.report?.urlExpiresAt ?? '') - Date.now()) / 60_000;
    expect(inMinutes).toBeGreaterThan(13);
    expect(inMinutes).toBeLessThanOrEqual(15.1);
  });

  it.each([
    ['signature', (link: URL) => link.searchParams.set('X-Amz-Signature', '0'.repeat(64))],
    ['life', (link: URL) => link.searchParams.set('X-Amz-Expires', '604800')],
    ['file name', (link: URL) => link.searchParams.set('response-content-disposition', 'inline')],
    ['object', (link: URL) => (link.pathname = link.pathname.replace(/\/1\//, '/2/'))],
  ])('is refused once its %s has been changed', async (_what, change) => {
    const link = new URL(url());
    change(link);
    expect((await fetch(link)).status).toBe(403);
  });
});
