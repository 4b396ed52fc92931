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
  [
    'a content coding',
    smallRequest('xlsx'),
    { ...JSON_TYPE, 'content-encoding': 'gzip' },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xfc, 0x22, 0x3a, 0x31, 0x7d]), JSON_TYPE, 400, 'MALFORMED_JSON'],
  [
    'half a surrogate pair',
    smallRequest('xlsx', { reference: '\ud800' }),
    JSON_TYPE,
    422,
    'INVALID_REQUEST',
    '/reference',
  ],
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

/** JSON that nests so deep that a parser or a schema that recurses would fall over. */
const DEEP = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

/** What somebody may send by mistake or on purpose; it may be accepted or refused, and nothing may break. */
const NAUGHTY: [string, unknown, Record<string, string>?][] = [
  ['JSON of fifty thousand levels', DEEP],
  [
    'a layout of fifty thousand levels',
    `{"format":"xlsx","title":"T","columns":[{"key":"a"}],"rows":[],"layout":${DEEP}}`,
  ],
  ['a key of 10 KB', smallRequest('xlsx'), keyed('k'.repeat(10_000))],
  ['a key that is quoted and holds quotes', smallRequest('xlsx'), keyed('"a \\"b\\" c"')],
  ['an empty key', smallRequest('xlsx'), keyed('""')],
  ['a member twice', '{"format":"xlsx","format":"pdf","title":"T","columns":[{"key":"a"}],"rows":[[1]]}'],
  ['a byte order mark', `\ufeff${JSON.stringify(smallRequest('xlsx'))}`],
  ['a number beyond a double', '{"format":"xlsx","title":"T","columns":[{"key":"a"}],"rows":[[1e999]]}'],
  ['members of Object.prototype', '{"__proto__":{"format":"xlsx"},"constructor":1,"toString":2}'],
  ['NUL, halves of pairs and a turned direction', smallRequest('pdf', { title: '\u0000\ud800\u202e' })],
  ['a file name out of the bucket', smallRequest('xlsx', { fileName: '../../../etc/passwd' })],
  ['a header in the file name', smallRequest('pdf', { fileName: 'a"\r\nX-Evil: 1' })],
  ['a formula in every cell', smallRequest('xlsx', { rows: [[1, '=HYPERLINK("http://x")', 0, null, true]] })],
  ['JSON as text', JSON.stringify(smallRequest('xlsx')), { 'content-type': 'text/plain' }],
  ['two content types', smallRequest('xlsx'), { 'content-type': 'application/json, text/plain' }],
];

describe('a request that is naughty', () => {
  it.each(NAUGHTY)('with %s is accepted or refused, and breaks nothing', async (_what, body, headers) => {
    const response = await api.post(body, headers ?? keyed());
    const answer = (await response.json()) as { id: string; code: string };
    expect(response.status).toSatisfy((status) => status === 202 || (status >= 400 && status < 500));
    if (response.status === 202) expect(await api.ended(answer.id, { pollMs: 100 })).toMatchObject({ status: 'done' });
    else expect(answer.code).toMatch(/^[A-Z_]+$/);
  });
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
