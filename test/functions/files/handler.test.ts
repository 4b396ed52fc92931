import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { namesOf, newToken } from '../../../lambdas/domain/share.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { callOf } from '../../support/api-call.ts';
import { AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
beforeAll(async () => {
  await aws.start('files', { LINK_SECONDS: '300' });
  ({ handler } = await import('../../../lambdas/functions/files/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const far = Math.floor(Date.now() / 1000) + 86_400;
const createdAt = new Date().toISOString();
const id = randomJobId(Date.now());
const token = newToken(id);
const { id: shareId, hash } = namesOf(token);
const done = {
  ...{
    ...queuedRow({ id, expiresAt: far, fileName: 'Sales.pdf', format: 'pdf' }),
    status: 'done',
    startedAt: createdAt,
  },
  ...{ finishedAt: createdAt, reportExpiresAt: far },
  report: { key: 'reports/t/f.pdf', sizeBytes: 9, sha256: 'h', rows: 1, warnings: [] },
};
const share = { hash, createdAt, expiresAt: '2099-01-01T00:00:00.000Z', limit: 1 };
const withShare = (changes = {}) => ({
  ...done,
  [`share_${shareId}`]: { ...share, ...changes },
  [`uses_${shareId}`]: 0,
});

function row(read: object, isUsed = true) {
  aws.answer = ({ what }) => {
    if (what === 'DynamoDB.GetItem') return { body: { Item: itemOf(read) } };
    return isUsed ? { body: { Attributes: itemOf(read) } } : awsError('ConditionalCheckFailedException');
  };
}
const open = (text = token) => {
  const event = callOf({ route: '/files/{token}', parameters: { token: text }, caller: null });
  return handler(event, contextWith());
};

describe('GET /files/{token}', () => {
  it('leads to the file, asks nobody who they are, and counts before it gives the link out', async () => {
    row(withShare());
    const { statusCode, headers = {} } = await open();
    expect(statusCode).toBe(302);
    const link = new URL(String(headers.Location));
    expect(link.pathname).toBe('/bucket/reports/t/f.pdf');
    expect(link.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(link.searchParams.get('response-content-disposition')).toContain('Sales.pdf');
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    const [read, write] = aws.calls;
    expect(read).toMatchObject({ what: 'DynamoDB.GetItem', json: { Key: { id: { S: id } } } });
    expect(write?.what).toBe('DynamoDB.UpdateItem');
    expect(JSON.stringify(write?.json)).toContain(`uses_${shareId}`);
  });

  it('gives one answer to whatever leads nowhere, which repeats no token', async () => {
    const foreign = namesOf(newToken(id));
    const answers: APIGatewayProxyResult[] = [];
    for (const [read, used] of [
      [withShare(), false],
      [withShare({ hash: foreign.hash }), true],
      [withShare({ expiresAt: '2026-01-01T00:00:00.000Z' }), true],
      [done, true],
      [{ ...withShare(), reportExpiresAt: 1, expiresAt: 1 }, true],
      [{ ...done, status: 'queued' }, true],
    ] as const) {
      row(read, used);
      answers.push(await open());
    }
    aws.answer = () => ({});
    answers.push(await open(), await open('junk'), await open(`${id}.short`), await open(''));
    expect(answers[0]).toMatchObject({ statusCode: 404 });
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ code: 'NOT_FOUND', instance: '/files' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.body).not.toContain(token.split('.')[1]);
  });

  it('asks the table nothing for a text that is no token', async () => {
    await open('junk');
    expect(aws.calls).toEqual([]);
  });

  it('writes no token to the log, and is answered with 503 where the table fails', async () => {
    const written: string[] = [];
    vi.mocked(process.stdout.write).mockImplementation((text) => written.push(String(text)) > 0);
    row(withShare());
    await open();
    aws.answer = () => awsError('ValidationException');
    expect(await open()).toMatchObject({ statusCode: 503 });
    expect(written.join('')).toContain('share used');
    expect(written.join('')).not.toContain(token);
  });
});
