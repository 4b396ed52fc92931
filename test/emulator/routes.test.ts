import { randomUUID } from 'node:crypto';
import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { JobListView, JobView, ShareLinkView, ShareListView } from '../../lambdas/domain/answers.ts';
import { documented } from '../support/documented.ts';
import { eventually, rowOf, withWorkerPaused } from '../support/faults.ts';
import { signedFetch } from '../support/signed-fetch.ts';
import { api, output, s3, sqs, target } from '../support/target.ts';
import { keyed, largeRequest, smallRequest } from './requests.ts';

/** Every answer is held against its description; redirections are looked at and not followed. */
const plain = documented(target.api, fetch);
const signed = documented(target.api, target.signed ? signedFetch(sqs) : fetch);
const call = (method: string, path: string, body?: object) =>
  signed(`${target.api}/${path}`, {
    method,
    redirect: 'manual',
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
const jsonOf = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;
const codeOf = async (answer: Promise<Response>) => {
  const response = await answer;
  return `${response.status} ${((await response.json()) as { code: string }).code}`;
};
const finished = async (changes: object = {}, format: 'xlsx' | 'pdf' = 'xlsx') => {
  const { id } = await api.generate({ ...smallRequest(format), ...changes }, keyed());
  const job = await api.ended(id, { pollMs: 100 });
  expect(job.status).toBe('done');
  return job;
};
/** Of no job. */
const UNKNOWN = '019b8d62-7a80-7cf4-ad9e-90a382b01dbd';

describe('GET /status', () => {
  it('lists the jobs with a reference, newest first, page by page', async () => {
    const reference = randomUUID();
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.unshift((await api.generate(smallRequest('xlsx', { reference }), keyed())).id);
    await eventually(async () => {
      const { jobs } = await jsonOf<JobListView>(call('GET', `status?reference=${reference}`));
      return jobs.length === 3;
    });
    const first = await call('GET', `status?reference=${reference}&limit=2`);
    const page = (await first.json()) as JobListView;
    const next = await signed(new URL(page.links.next ?? '', `${target.api}/status`).href);
    const rest = (await next.json()) as JobListView;
    expect([...page.jobs, ...rest.jobs].map(({ id }) => id)).toEqual(ids);
    expect(rest.jobs).toHaveLength(1);
  });

  it('narrows the list by status, format and time', async () => {
    const reference = randomUUID();
    const job = await finished({ reference });
    const listed = async (query: string) =>
      (await jsonOf<JobListView>(call('GET', `status?reference=${reference}&${query}`))).jobs.map(({ id }) => id);
    await eventually(async () => (await listed('status=done&format=xlsx')).length === 1);
    const at = encodeURIComponent(job.createdAt);
    expect(await listed(`from=${at}`)).toEqual([job.id]);
    for (const query of ['status=error', 'format=pdf', `to=${at}`]) expect(await listed(query), query).toEqual([]);
  });

  it.each(['limit=0', 'limit=x', 'status=new', 'from=today', 'cursor=junk', 'page=2', 'limit=1&limit=2'])(
    'refuses %s at its place',
    async (query) => {
      const problem = await jsonOf<{ status: number; code: string; errors: { pointer: string }[] }>(
        call('GET', `status?${query}`),
      );
      expect(problem).toMatchObject({ status: 400, code: 'INVALID_QUERY' });
      expect(problem.errors.map(({ pointer }) => pointer)).toEqual([`/${query.split('=')[0]}`]);
    },
  );
});

describe('DELETE /status/{id}', () => {
  it('cancels a job that is queued at once, with the same answer when it is asked again', async () => {
    await withWorkerPaused(async () => {
      const { id } = await api.generate(smallRequest('xlsx'), keyed());
      const first = await call('DELETE', `status/${id}`);
      const job = (await first.json()) as JobView;
      expect([first.status, job.status]).toEqual([200, 'cancelled']);
      const again = await call('DELETE', `status/${id}`);
      expect([again.status, await again.json()]).toEqual([200, job]);
    });
  });

  it('stops a job that is being made, and leaves nothing', async () => {
    const { id } = await api.generate(largeRequest('pdf', 40_000), keyed());
    await eventually(async () => (await rowOf(id)).status === 'processing');
    const { status } = await call('DELETE', `status/${id}`);
    const job = await api.ended(id, { pollMs: 100 });
    expect([200, 202]).toContain(status);
    expect(job).toMatchObject({ status: 'cancelled', report: null, error: null });
    expect(await leftOf(id)).toEqual([]);
  });

  it('refuses for a job that has ended', async () => {
    const { id } = await finished();
    expect(await codeOf(call('DELETE', `status/${id}`))).toBe('409 JOB_ENDED');
  });

  it('knows no job that is not there', async () => {
    expect(await codeOf(call('DELETE', `status/${UNKNOWN}`))).toBe('404 NOT_FOUND');
  });
});

describe('POST /status/{id}/redrive', () => {
  it('opens a failed job again, once, however often it is asked', async () => {
    const { id } = await api.generate(
      smallRequest('xlsx', { rows: undefined, dataset: await upload('id,customer\n1\n') }),
      keyed(),
    );
    expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'error', generation: 1 });
    const answers = await withWorkerPaused(() =>
      Promise.all([1, 2, 3].map(() => call('POST', `status/${id}/redrive`, { generation: 1 }))),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'error', generation: 2 });
    expect(await rowOf(id)).toMatchObject({ generation: 2 });
  });

  it('refuses for a job that has not failed', async () => {
    const { id } = await finished();
    expect(await codeOf(call('POST', `status/${id}/redrive`))).toBe('409 NOT_FAILED');
    expect(await codeOf(call('POST', `status/${UNKNOWN}/redrive`))).toBe('404 NOT_FOUND');
  });

  /** Its first record lacks a field. */
  async function upload(csv: string) {
    return { id: await api.upload(Buffer.from(csv)), format: 'csv' };
  }
});

describe('GET /download/{id}', () => {
  it('leads to the file', async () => {
    const { id, links, report } = await finished();
    const answer = await call('GET', `download/${id}`);
    expect(answer.status).toBe(302);
    const file = await fetch(answer.headers.get('location') ?? '');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await file.arrayBuffer()).byteLength).toBe(report?.sizeBytes);
    expect(new URL(links.download, `${target.api}/status/${id}`).href).toBe(`${target.api}/download/${id}`);
  });

  it('lets a browser show a PDF, and no workbook', async () => {
    const pdf = await finished({}, 'pdf');
    const shown = await call('GET', `download/${pdf.id}?inline`);
    expect(shown.status).toBe(302);
    expect((await fetch(shown.headers.get('location') ?? '')).headers.get('content-disposition')).toMatch(/^inline/);
    expect(await codeOf(call('GET', `download/${(await finished()).id}?inline=true`))).toBe('400 INVALID_QUERY');
  });

  it('refuses where there is no file yet', async () => {
    await withWorkerPaused(async () => {
      const { id } = await api.generate(smallRequest('xlsx'), keyed());
      expect(await codeOf(call('GET', `download/${id}`))).toBe('409 NOT_DONE');
      await call('DELETE', `status/${id}`);
    });
    expect(await codeOf(call('GET', `download/${UNKNOWN}`))).toBe('404 NOT_FOUND');
  });
});

describe('a share', () => {
  const open = (url: string) => plain(url, { redirect: 'manual' });
  const made = async (id: string, wish: object) => {
    const answer = await call('POST', `status/${id}/shares`, wish);
    expect(answer.status).toBe(201);
    const link = (await answer.json()) as ShareLinkView;
    return { ...link, url: new URL(link.url, answer.url).href };
  };

  it('leads people without credentials to the file, as often as it may', async () => {
    const { id, report } = await finished();
    const { url } = await made(id, { days: 1, downloads: 2 });
    const answer = await open(url);
    expect(answer.status).toBe(302);
    expect((await (await fetch(answer.headers.get('location') ?? '')).arrayBuffer()).byteLength).toBe(
      report?.sizeBytes,
    );
    expect((await open(url)).status).toBe(302);
    expect(await codeOf(open(url))).toBe('404 NOT_FOUND');
    const { shares } = await jsonOf<ShareListView>(call('GET', `status/${id}/shares`));
    expect(shares).toMatchObject([{ downloads: { limit: 2, used: 2 } }]);
  });

  it('is counted right when many use it at once', async () => {
    const { id } = await finished();
    const { url } = await made(id, { days: 1, downloads: 5 });
    const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await open(url)).status));
    expect(statuses.filter((status) => status === 302)).toHaveLength(5);
    expect(statuses.filter((status) => status === 404)).toHaveLength(7);
  });

  it('that was revoked leads nowhere, like one that never was', async () => {
    const { id } = await finished();
    const { id: share, url } = await made(id, { days: 1 });
    expect((await call('DELETE', `status/${id}/shares/${share}`)).status).toBe(204);
    const told = async (address: string) => {
      const answer = await open(address);
      const { requestId: _, ...problem } = (await answer.json()) as { requestId: string };
      return { status: answer.status, problem };
    };
    const nowhere = await told(url);
    expect(nowhere.status).toBe(404);
    for (const token of ['junk', `${UNKNOWN}.${'x'.repeat(27)}`, `${id}.${'x'.repeat(27)}`]) {
      expect(await told(`${target.api}/files/${token}`)).toEqual(nowhere);
    }
    expect(JSON.stringify(nowhere)).not.toContain(url.split('.').at(-1));
  });

  it('needs a file', async () => {
    expect(await codeOf(call('POST', `status/${UNKNOWN}/shares`, { days: 1 }))).toBe('404 NOT_FOUND');
    expect(await codeOf(call('POST', `status/${UNKNOWN}/shares`, { days: 0 }))).toBe('422 INVALID_REQUEST');
  });
});

/** Objects and unfinished uploads of a job's reports. */
async function leftOf(id: string): Promise<string[]> {
  const Bucket = output('Bucket');
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'reports/' }));
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'reports/' }));
  return [...Contents, ...Uploads].map(({ Key = '' }) => Key).filter((key) => key.includes(`/${id}/`));
}
