import { describe, expect, it } from 'vitest';
import { api } from '../support/target.ts';
import { keyed, smallRequest } from './requests.ts';

const LIMIT_MB = 4;
const WITH_OBJECT = smallRequest('xlsx', { rows: [[1, { formula: 'HYPERLINK("http://x")' }, 0, null, true]] });
const JSON_TYPE = { 'content-type': 'application/json' };

/** What is wrong, the body, the headers, the status and the code; the pointer where a place can be named. */
const REFUSALS: [string, unknown, Record<string, string>, number, string, string?][] = [
  ['no JSON', '{"format":', JSON_TYPE, 400, 'MALFORMED_JSON'],
  ['no body', '', JSON_TYPE, 400, 'MALFORMED_JSON'],
  ['a key of 256 characters', smallRequest('xlsx'), keyed('k'.repeat(256)), 400, 'INVALID_IDEMPOTENCY_KEY'],
  ['a form', 'format=xlsx', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['over 4 MB', ' '.repeat(LIMIT_MB * 1024 * 1024 + 1), JSON_TYPE, 413, 'BODY_TOO_LARGE'],
  ['a list', [], JSON_TYPE, 422, 'INVALID_REQUEST', ''],
  ['an unknown format', smallRequest('xlsx', { format: 'docx' }), JSON_TYPE, 422, 'INVALID_REQUEST', '/format'],
  ['no title', smallRequest('xlsx', { title: undefined }), JSON_TYPE, 422, 'INVALID_REQUEST', '/title'],
  ['an unknown member', smallRequest('xlsx', { colour: 'red' }), JSON_TYPE, 422, 'INVALID_REQUEST', '/colour'],
  ['no tables', { format: 'pdf', title: 'T', tables: [] }, JSON_TYPE, 422, 'INVALID_REQUEST', '/tables'],
  ['an object in a cell', WITH_OBJECT, JSON_TYPE, 422, 'INVALID_REQUEST', '/rows/0/1'],
  [
    'a row of too many cells',
    smallRequest('pdf', { rows: [[1, 2, 3, 4, 5, 6]] }),
    JSON_TYPE,
    422,
    'INVALID_REQUEST',
    '/rows/0',
  ],
  [
    'an unknown time zone',
    smallRequest('pdf', { timeZone: 'Mars/Base' }),
    JSON_TYPE,
    422,
    'INVALID_REQUEST',
    '/timeZone',
  ],
];

describe('a request', () => {
  it.each(REFUSALS)(
    'with %s is refused with its status, code and place',
    async (_what, body, headers, status, code, pointer) => {
      const response = await api.post(body, headers);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const problem = (await response.json()) as { requestId: string; errors: { pointer: string }[] };
      expect(problem).toMatchObject({ status, code, instance: expect.stringContaining('/generate') });
      expect(problem.requestId).toBeTruthy();
      if (pointer !== undefined) expect(problem.errors.map((fault) => fault.pointer)).toContain(pointer);
    },
  );
});

describe('an id', () => {
  it.each([
    ['that was never given out', '0190a5d2-7c1e-7b3a-9f00-000000000000'],
    ['of a key that nobody used', 'a'.repeat(26)],
    ['that is none', 'x'],
    ['that is long', 'a'.repeat(2_000)],
  ])('%s is answered with 404', async (_what, id) => {
    const response = await api.get(id);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' });
  });
});
