import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { JobView } from '../../lambdas/domain/answers.ts';
import { api, output, s3 } from '../support/target.ts';
import { freshKey, keyed, smallRequest } from './requests.ts';

/** The objects that were published for a job. */
async function reportsOf(id: string): Promise<string[]> {
  const list = new ListObjectsV2Command({ Bucket: output('Bucket'), Prefix: 'reports/' });
  const { Contents = [] } = await s3.send(list);
  return Contents.flatMap(({ Key }) => (Key?.includes(`/${id}/`) ? [Key] : []));
}

/**
 * Posts until it is answered for good, as a client does. On a busy machine an emulator may need longer to start fifty
 * processes than one call may last.
 */
async function persist(request: object, key: string): Promise<Response> {
  const answer = await api.post(request, keyed(key));
  return answer.status >= 500 ? persist(request, key) : answer;
}

async function idOf(answer: Response): Promise<string> {
  const { id } = (await answer.json()) as JobView;
  return id;
}

describe('an Idempotency-Key', () => {
  it('posted 50 times at once makes one job and one file', async () => {
    const key = freshKey();
    const request = smallRequest('xlsx', { reference: key });
    const answers = await Promise.all(Array.from({ length: 50 }, () => persist(request, key)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(202));
    const ids = await Promise.all(answers.map(idOf));
    expect(new Set(ids).size).toBe(1);
    const first = answers.filter((answer) => answer.headers.get('idempotent-replayed') !== 'true');
    expect(first.length).toBeLessThanOrEqual(1);

    const job = await api.ended(ids[0] ?? '', { pollMs: 100 });
    expect(job).toMatchObject({ status: 'done', attempt: 1 });
    expect(await reportsOf(job.id)).toHaveLength(1);
  });

  it('means the same bare and quoted', async () => {
    const key = freshKey();
    const bare = await api.generate(smallRequest('pdf'), keyed(key));
    expect((await api.generate(smallRequest('pdf'), keyed(`"${key}"`))).id).toBe(bare.id);
  });

  it('does not depend on the order of the members', async () => {
    const key = freshKey();
    const request = smallRequest('pdf');
    const first = await api.generate(request, keyed(key));
    const reversed = Object.fromEntries(Object.entries(request).reverse());
    expect((await api.generate(reversed, keyed(key))).id).toBe(first.id);
  });

  it('with another body is refused with 422, and the first job comes out as it was asked for', async () => {
    const key = freshKey();
    const first = await api.generate(smallRequest('xlsx', { title: 'The first', fileName: 'first' }), keyed(key));
    const second = await api.post(smallRequest('pdf', { title: 'The second' }), keyed(key));
    expect(second.status).toBe(422);
    expect(await second.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const job = await api.ended(first.id, { pollMs: 100 });
    expect(job).toMatchObject({ status: 'done', format: 'xlsx', report: { fileName: 'first.xlsx' } });
  });

  it('of a refused request is still unused', async () => {
    const key = freshKey();
    expect((await api.post(smallRequest('xlsx', { title: '' }), keyed(key))).status).toBe(422);
    expect((await api.post(smallRequest('xlsx'), keyed(key))).status).toBe(202);
  });

  it('is not needed: two posts without one are two jobs', async () => {
    const [one, two] = await Promise.all([api.generate(smallRequest('pdf')), api.generate(smallRequest('pdf'))]);
    expect(one.id).not.toBe(two.id);
  });
});
