import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../client/index.ts';
import { JOBS, problemExample, UPLOAD } from '../../local/docs/openapi/examples.ts';
import { ScriptedServer } from '../client/server.ts';
import { quire } from './world.ts';

const FILE = 'the bytes of a file';

let folder: string;
let server: ScriptedServer;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quire-cli-'));
  server = new ScriptedServer();
  await server.listen();
  environment = { QUIRE_ADDRESS: server.address };
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** A done job whose file is `FILE`, or says it is. */
function done(sha256 = createHash('sha256').update(FILE).digest('hex')): Job {
  const { report, ...job } = JOBS.done as Job;
  const url = `${server.address}/file`;
  return { ...job, report: { ...(report as NonNullable<typeof report>), url, sha256, sizeBytes: FILE.length } };
}

/** The answers to: a place, the upload, the request, one poll, one poll for the link, the file. */
const wholeRun = (job: Job) => [
  { status: 201, body: { ...UPLOAD, upload: { ...UPLOAD.upload, url: `${server.address}/put`, headers: {} } } },
  { status: 200, body: '' },
  { status: 202, body: JOBS.queued },
  { status: 200, body: job },
  { status: 200, body: job },
  { status: 200, body: FILE },
];

describe('quire generate', () => {
  it('uploads, posts, waits, downloads and checks', async () => {
    server.answers = wholeRun(done());
    const rows = join(folder, 'sales.csv');
    writeFileSync(rows, 'a,b\n1,2\n');
    const out = join(folder, 'sales.pdf');
    const ended = await quire(['generate', rows, '--out', out, '--reference', 'r1', '--key', 'k1'], { environment });
    expect(ended.code).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(FILE);
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /datasets',
      'PUT /put',
      'POST /generate',
      `GET /status/${JOBS.queued?.id}`,
      `GET /status/${JOBS.queued?.id}`,
      'GET /file',
    ]);
    expect(server.calls[1]?.body).toBe('a,b\n1,2\n');
    expect(server.calls[2]?.headers['idempotency-key']).toBe('k1');
    expect(JSON.parse(server.calls[2]?.body ?? '')).toEqual({
      format: 'pdf',
      title: 'sales',
      reference: 'r1',
      dataset: { format: 'csv', id: UPLOAD.id },
    });
  });

  it('keeps nothing of a file that is not the one that was made, and ends with 5', async () => {
    server.answers = wholeRun(done('0'.repeat(64)));
    const out = join(folder, 'sales.xlsx');
    const { code, err } = await quire(['generate', '-', '--out', out], { stdin: 'a\n1\n', environment });
    expect(code).toBe(5);
    expect(err).toMatch(/not those that the service made/);
    expect(existsSync(out)).toBe(false);
  });

  it('ends with 4 and the reason where the job has no file', async () => {
    server.answers = wholeRun(JOBS.error as Job);
    const { code, err } = await quire(['generate', '-'], { stdin: 'a\n1\n', environment });
    expect(code).toBe(4);
    expect(err).toContain('DATASET_MALFORMED');
  });

  it('ends with 3 and every place where the request is refused', async () => {
    const refusal = problemExample('INVALID_REQUEST', '/generate');
    server.answers = [...wholeRun(done()).slice(0, 2), { status: 422, body: refusal }];
    const { code, err } = await quire(['generate', '-'], { stdin: 'a\n1\n', environment });
    expect(code).toBe(3);
    expect(err).toContain('/rows/1/total');
    expect(err).toContain(refusal.requestId);
  });

  it('prints the id and ends where nobody wants to wait', async () => {
    server.answers = wholeRun(done());
    const { code, out, err } = await quire(['-q', 'generate', '-', '--no-wait'], { stdin: 'a\n1\n', environment });
    expect({ code, out: out.toString(), err }).toEqual({ code: 0, out: `${JOBS.queued?.id}\n`, err: '' });
  });
});

describe('quire generate --report', () => {
  it('names a report that the service defines, with its parameters as JSON or text', async () => {
    server.answers = wholeRun(done()).slice(2);
    const out = join(folder, 'orders.pdf');
    const argv = ['generate', '--report', 'orders', '--param', 'year=2026', '-p', 'region=North', '-p', 'ids=["7"]'];
    const { code, err } = await quire([...argv, '--out', out, '--locale', 'pt-BR'], { environment });
    expect({ code, err: err.includes('SHA-256 as told') }).toEqual({ code: 0, err: true });
    expect(readFileSync(out, 'utf8')).toBe(FILE);
    expect(JSON.parse(server.calls[0]?.body ?? '')).toEqual({
      format: 'pdf',
      report: 'orders',
      params: { year: 2026, region: 'North', ids: ['7'] },
      locale: 'pt-BR',
    });
  });

  it.each([
    [['rows.csv', '--report', 'orders'], 'Name a file of rows'],
    [[], 'Name a file of rows'],
    [['rows.csv', '--param', 'a=1'], '--param belongs to --report'],
    [['--report', 'orders', '--param', 'year'], '--param takes name=value'],
    [['--report', 'orders', '--delimiter', ';'], '--delimiter is for files of rows'],
  ])('refuses %j without a call', async (argv, why) => {
    const { code, err } = await quire(['generate', ...argv], { environment });
    expect({ code, told: err.includes(why) }).toEqual({ code: 2, told: true });
    expect(server.calls).toEqual([]);
  });
});

describe('quire status', () => {
  it('tells where a job stands, as text and as JSON', async () => {
    server.answers = [
      { status: 200, body: JOBS.error },
      { status: 200, body: JOBS.error },
    ];
    const text = await quire(['status', 'abc'], { environment });
    expect(text.out.toString()).toMatch(/status {3}error\n/);
    const json = await quire(['--json', 'status', 'abc'], { environment });
    expect(JSON.parse(json.out.toString())).toEqual(JOBS.error);
  });

  it('asks for the address where nobody said it, and ends with 2', async () => {
    const { code, err } = await quire(['status', 'abc']);
    expect(code).toBe(2);
    expect(err).toMatch(/QUIRE_ADDRESS/);
  });
});

describe('quire cancel', () => {
  it('asks for the end of a job, and tells where it stands then', async () => {
    server.answers = [{ status: 200, body: JOBS.cancelled }];
    const { code, out } = await quire(['cancel', 'abc'], { environment });
    expect(code).toBe(0);
    expect(out.toString()).toMatch(/status {3}cancelled\n/);
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /status/abc']);
  });
});

describe('settings', () => {
  it('come from a profile, an environment before it, and a flag before that', async () => {
    const file = join(folder, 'config.json');
    const profiles = { default: { address: 'http://127.0.0.1:1' }, here: { address: server.address, token: 't1' } };
    writeFileSync(file, JSON.stringify({ profiles }));
    const known = { QUIRE_CONFIG: file };
    const answer = { status: 200, body: JOBS.queued };
    server.answers = [answer, answer, answer];
    expect((await quire(['--profile', 'here', 'status', 'a'], { environment: known })).code).toBe(0);
    const more = { ...known, QUIRE_ADDRESS: server.address, QUIRE_TOKEN: 't2' };
    expect((await quire(['status', 'a'], { environment: more })).code).toBe(0);
    expect((await quire(['--token', 't3', 'status', 'a'], { environment: more })).code).toBe(0);
    expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t3']);
  });

  it('name the profiles that there are', async () => {
    const { code, err } = await quire(['--profile', 'nobody', 'status', 'a']);
    expect(code).toBe(2);
    expect(err).toMatch(/no profile "nobody"/);
  });

  it('sign by the usual chain of credentials', async () => {
    server.answers = [{ status: 200, body: JOBS.queued }];
    const before = { ...process.env };
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    try {
      const { code, err } = await quire(['--auth', 'iam', '--region', 'eu-central-1', 'status', 'a'], { environment });
      expect({ code, err }).toEqual({ code: 0, err: '' });
    } finally {
      process.env = before;
    }
    expect(server.calls[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api\/aws4_request, /,
    );
  });
});
