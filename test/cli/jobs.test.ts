import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../client/index.ts';
import { JOBS, LISTS, problemExample, SHARE_LINK, SHARE_LIST } from '../../local/docs/openapi/examples.ts';
import { ScriptedServer } from '../client/server.ts';
import { type Ended, quire } from './world.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = new ScriptedServer();
  await server.listen();
});
afterEach(() => server.close());

const run = (...argv: string[]): Promise<Ended> => quire(argv, { environment: { QUIRE_ADDRESS: server.address } });
const listed = (...jobs: (Job | undefined)[]) => ({ status: 200, body: { ...LISTS.end, jobs } });
const failed = (id: string, code = 'INTERNAL'): Job => {
  const { error, ...job } = JOBS.error as Job;
  return { ...job, id, error: { ...(error as NonNullable<typeof error>), code: code as 'INTERNAL' } };
};
const calls = () => server.calls.map(({ method, path, body }) => `${method} ${path}${body === '' ? '' : ` ${body}`}`);

describe('quire list', () => {
  it('shows a line for each job under a header', async () => {
    server.answers = [listed(JOBS.processing, { ...failed('x1'), reference: 'r-7' })];
    const { code, out, err } = await run('list', '--status', 'error', '--format', 'xlsx');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.toString().split('\n')).toEqual([
      'JOB                         STATUS      FORMAT  CREATED               ROWS     ERROR     REFERENCE',
      `${JOBS.processing?.id}  processing  xlsx    2026-11-27T10:15:00Z  120,000            ${JOBS.processing?.reference ?? ''}`.trimEnd(),
      'x1                          error       xlsx    2026-11-27T10:15:00Z  0        INTERNAL  r-7',
      '',
    ]);
    expect(calls()).toEqual(['GET /status?status=error&format=xlsx&limit=100']);
  });

  it('stops at the limit and says that there may be more; as JSON it is a list', async () => {
    server.answers = [{ status: 200, body: { ...LISTS.page, jobs: [JOBS.done, JOBS.queued] } }];
    const { out, err } = await run('--json', 'list', '--limit', '1');
    expect(JSON.parse(out.toString())).toEqual([JOBS.done]);
    expect(err).toContain('may be more');
    expect(server.calls).toHaveLength(1);
  });

  it('takes ages and instants', async () => {
    server.answers = [listed()];
    const before = Date.now();
    expect((await run('list', '--newer-than', '2h', '--older-than', '2026-11-27T10:00:00+01:00')).code).toBe(0);
    const query = new URL(server.calls[0]?.path ?? '', server.address).searchParams;
    expect(Date.parse(query.get('from') ?? '') - (before - 2 * 3_600_000)).toBeLessThan(60_000);
    expect(query.get('to')).toBe('2026-11-27T09:00:00.000Z');
  });

  it.each([
    ['--newer-than', 'yesterday'],
    ['--older-than', '5'],
    ['--limit', '0'],
  ])('refuses %s %s without a call, and ends with 2', async (flag, value) => {
    const { code, err } = await run('list', flag, value);
    expect(code).toBe(2);
    expect(err).toContain(`${flag} takes`);
    expect(server.calls).toEqual([]);
  });
});

describe('quire redrive', () => {
  it('opens the jobs that are named, goes on after one that is refused, and ends with 3', async () => {
    server.answers = [
      { status: 409, body: problemExample('NOT_FAILED', '/status/a/redrive') },
      { status: 202, body: { ...(JOBS.queued as Job), generation: 2 } },
    ];
    const { code, out, err } = await run('redrive', 'a', 'b');
    expect(code).toBe(3);
    expect(out.toString()).toContain(JOBS.queued?.id);
    expect(err).toContain('a: 409 NOT_FAILED');
    expect(err).toContain('1 of 2');
    expect(calls()).toEqual(['POST /status/a/redrive {}', 'POST /status/b/redrive {}']);
  });

  it('shows what a code and an age choose, and touches nothing without --yes', async () => {
    server.answers = [listed(failed('x1'), failed('x2', 'TOO_LARGE'), failed('x3'))];
    const { code, out, err } = await run('redrive', '--code', 'INTERNAL', '--newer-than', '12h');
    expect(code).toBe(0);
    expect(out.toString()).toMatch(/^JOB.*\nx1 .*\nx3 .*\n$/);
    expect(err).toContain('Nothing was done');
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]?.path).toContain('status=error');
  });

  it('opens them with --yes, each in the generation that failed', async () => {
    server.answers = [
      listed(failed('x1'), failed('x3')),
      { status: 202, body: JOBS.queued },
      { status: 202, body: JOBS.queued },
    ];
    expect((await run('redrive', '--code', 'INTERNAL', '--yes')).code).toBe(0);
    expect(calls().slice(1)).toEqual([
      'POST /status/x1/redrive {"generation":1}',
      'POST /status/x3/redrive {"generation":1}',
    ]);
  });

  it.each([[[]], [['a', '--code', 'INTERNAL']], [['--yes']]])('refuses %j without a call', async (argv) => {
    const { code, err } = await run('redrive', ...argv);
    expect(code).toBe(2);
    expect(err).toContain('Name the jobs, or choose them');
    expect(server.calls).toEqual([]);
  });
});

describe('quire share', () => {
  it('prints the link alone on standard output', async () => {
    server.answers = [{ status: 201, body: SHARE_LINK }];
    const { code, out, err } = await run('share', 'abc', '--days', '3', '--downloads', '5');
    expect({ code, out: out.toString() }).toEqual({ code: 0, out: `${SHARE_LINK.url}\n` });
    expect(err).toContain('used 0 of 5 times');
    expect(calls()).toEqual(['POST /status/abc/shares {"days":3,"downloads":5}']);
  });

  it('lists links and ends one', async () => {
    server.answers = [
      { status: 200, body: SHARE_LIST },
      { status: 204, body: '' },
    ];
    expect((await run('share', 'abc', '--list')).out.toString()).toContain('used 2 of 5 times');
    expect((await run('share', 'abc', '--revoke', SHARE_LINK.id)).code).toBe(0);
  });

  it('ends with 3 where the link is not there', async () => {
    server.answers = [{ status: 404, body: problemExample('NOT_FOUND', '/status/abc/shares/x') }];
    const { code, err } = await run('share', 'abc', '--revoke', 'x');
    expect(code).toBe(3);
    expect(err).toContain('has no share x');
  });

  it.each([[[]], [['--list', '--days', '1']], [['--days', 'x']]])('refuses %j without a call', async (argv) => {
    expect((await run('share', 'abc', ...argv)).code).toBe(2);
    expect(server.calls).toEqual([]);
  });
});

describe('quire inspect', () => {
  it('wants to know which queue', async () => {
    const { code, err } = await run('inspect', 'dead-letters');
    expect(code).toBe(2);
    expect(err).toContain('DeadLetterQueueUrl');
  });

  it('knows dead letters alone', async () => {
    expect((await run('inspect', 'jobs')).code).toBe(2);
  });
});
