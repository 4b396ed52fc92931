import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { QuireProblem } from '../../client/index.ts';
import { quire } from '../support/target.ts';

const COLUMNS = [{ key: 'id', type: 'integer' }, { key: 'name' }] as const;

describe('the client', () => {
  it('posts, follows, downloads, and gets the bytes that the job tells of', async () => {
    const accepted = await quire.generate({
      format: 'pdf',
      title: 'A',
      columns: COLUMNS,
      rows: [
        [1, 'a'],
        [2, 'b'],
      ],
    });
    const seen: string[] = [];
    for await (const { status } of quire.wait(accepted, { everyMs: 100 })) seen.push(status);
    expect(seen.at(-1)).toBe('done');
    const { body, report } = await quire.download(accepted);
    const bytes = new Uint8Array(await new Response(body).arrayBuffer());
    expect(bytes.length).toBe(report.sizeBytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(report.sha256);
    expect(report.rows).toBe(2);
  });

  it('uploads rows that a request then names', async () => {
    const id = await quire.upload(new Blob(['id,name\n', '1,a\n', '2,b\n', '3,c\n']));
    expect((await quire.dataset(id)).status).toBe('uploaded');
    const job = await quire.finish(
      await quire.generate({ format: 'xlsx', title: 'B', dataset: { id, format: 'csv' } }),
    );
    expect(job.report).toMatchObject({ rows: 3, sheets: 1 });
  });

  it('is told why it is refused', async () => {
    const refused = quire.generate({ format: 'xlsx', title: '', columns: COLUMNS, rows: [] });
    await expect(refused).rejects.toBeInstanceOf(QuireProblem);
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_REQUEST', faults: [{ pointer: '/title' }] });
  });
});
