import { beforeEach, describe, expect, it } from 'vitest';
import { jobOfToken, newToken } from '../../../lambdas/domain/share.ts';
import { parseShare } from '../../../lambdas/domain/share-request.ts';
import { openShare } from '../../../lambdas/functions/files/open-share.ts';
import { listShares, revoke, share } from '../../../lambdas/functions/shares/shares.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

const DAY = 86_400;
let service: MemoryService;
let id: string;
const of = (tenant = TENANT) => ({ id, tenant });

beforeEach(async () => {
  service = new MemoryService();
  id = (await service.post(request())).job.id;
  await service.deliver();
});

const shared = (wish: { days: number; downloads?: number } = { days: 3 }) => share(of(), wish, service.ports);
const open = (token: string) => openShare(token, service.ports);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    ({ code }) => code,
  );

describe('a shared file', () => {
  it('is led to by whoever has the link, as often as they like', async () => {
    const { token, used } = await shared();
    expect(used).toBe(0);
    for (let i = 0; i < 3; i += 1) expect((await open(token)).url).toContain(service.reports()[0]);
    expect(await listShares(of(), service.ports)).toMatchObject([{ used: 3, limit: null }]);
  });

  it('is told of in the log at each use, without the link', async () => {
    const { token, id: shareId } = await shared();
    await open(token);
    const lines = service.log.lines.map((line) => JSON.stringify(line));
    expect(
      lines.filter((line) => line.includes('share used') && line.includes(shareId) && line.includes(id)),
    ).toHaveLength(1);
    expect(lines.join()).not.toContain(token.split('.')[1]);
  });

  it('is led to no longer than for its days', async () => {
    const { token, expiresAt } = await shared({ days: 2 });
    service.clock.advance(2 * DAY - 1);
    await expect(open(token)).resolves.toBeDefined();
    service.clock.advance(1);
    expect(Date.parse(expiresAt)).toBe(service.clock.now());
    expect(await codeOf(open(token))).toBe('NOT_FOUND');
  });

  it('is led to no longer than it is there', async () => {
    const { token, expiresAt } = await shared({ days: 365 });
    expect(Date.parse(expiresAt)).toBe(service.clock.now() + SETTINGS.reportRetention * 1000);
    service.clock.advance(SETTINGS.reportRetention);
    expect(await codeOf(open(token))).toBe('NOT_FOUND');
  });

  it('is given out as often as its share allows, however many ask at once', async () => {
    const { token } = await shared({ days: 1, downloads: 3 });
    const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(open(token))));
    expect(codes.filter((code) => code === 'none')).toHaveLength(3);
    expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(7);
    expect(await listShares(of(), service.ports)).toMatchObject([{ used: 3, limit: 3 }]);
  });

  it('is not led to by a share that was revoked, and by the others still', async () => {
    const [first, second] = [await shared(), await shared()];
    await revoke(of(), first.id, service.ports);
    expect(await codeOf(open(first.token))).toBe('NOT_FOUND');
    await expect(open(second.token)).resolves.toBeDefined();
    expect(await listShares(of(), service.ports)).toMatchObject([{ id: second.id }]);
    expect(await codeOf(revoke(of(), first.id, service.ports))).toBe('NOT_FOUND');
  });

  it('is not given out by a share that is revoked while it is used', async () => {
    const { token, id: shareId } = await shared();
    service.faults.before('jobs.useShare', () => revoke(of(), shareId, service.ports));
    expect(await codeOf(open(token))).toBe('NOT_FOUND');
  });

  it('has twenty shares at most, and room again for each that is revoked', async () => {
    const made = [];
    for (let i = 0; i < 20; i += 1) made.push(await shared());
    expect(await codeOf(shared())).toBe('TOO_MANY_SHARES');
    await revoke(of(), made[7]?.id ?? '', service.ports);
    expect(await codeOf(shared())).toBe('none');
    expect(await listShares(of(), service.ports)).toHaveLength(20);
  });

  it('leaves a row that tells no link', async () => {
    const { token } = await shared();
    expect(JSON.stringify(service.table.get(id))).not.toContain(token.split('.')[1]);
  });
});

describe('a link that leads nowhere', () => {
  it('is answered alike, whatever it was', async () => {
    const { token, id: shareId } = await shared();
    const limited = await shared({ days: 1, downloads: 1 });
    const short = await shared({ days: 1 });
    await open(limited.token);
    await revoke(of(), shareId, service.ports);
    service.clock.advance(DAY);
    const unknown = newToken('019b8d62-7a80-7cf4-ad9e-90a382b01dbd');
    const foreign = `${id}.${newToken(id).split('.')[1]}`;
    const queued = newToken((await service.post(request())).job.id);
    const tokens = [token, limited.token, short.token, unknown, foreign, queued, 'junk', '', `${id}.`, `${token}x`];
    const answers = await Promise.all(tokens.map((each) => open(each).catch((cause) => cause)));
    const told = answers.map((answer) => ({ code: answer.code, message: answer.message, faults: answer.faults }));
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(told[0]).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is told from one of ours by its form', () => {
    const token = newToken(id);
    expect(jobOfToken(token)).toBe(id);
    for (const text of [token.toUpperCase(), `x${token}`, token.slice(0, -1), '../..', `${'a'.repeat(26)}.x`]) {
      expect(jobOfToken(text)).toBeUndefined();
    }
  });

  it('is never twice the same', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newToken(id))).size).toBe(1000);
  });
});

describe('shares', () => {
  it('are the business of the job’s own tenant', async () => {
    const made = await shared();
    const asked = [
      share(of('another'), { days: 1 }, service.ports),
      listShares(of('another'), service.ports),
      revoke(of('another'), made.id, service.ports),
      listShares({ id: 'nothing', tenant: TENANT }, service.ports),
    ];
    const answers = await Promise.all(asked.map((call) => call.catch((cause) => `${cause.code}: ${cause.message}`)));
    expect(new Set(answers)).toEqual(new Set(['NOT_FOUND: There is no such job.']));
    await expect(open(made.token)).resolves.toBeDefined();
  });

  it('need a file', async () => {
    id = (await service.post(request())).job.id;
    expect(await codeOf(shared())).toBe('NOT_DONE');
  });

  it('are made once when the reply of the table is lost', async () => {
    service.faults.loseReply('jobs.addShare');
    await expect(shared()).rejects.toThrow();
    expect(await listShares(of(), service.ports)).toHaveLength(1);
  });

  it.each([
    [{ days: 0 }, '/days'],
    [{ days: 366 }, '/days'],
    [{ days: 1.5 }, '/days'],
    [{}, '/days'],
    [{ days: 1, downloads: 0 }, '/downloads'],
    [{ days: 1, password: 'x' }, '/password'],
    [null, ''],
  ])('are asked for with what can be: %j', (json, pointer) => {
    expect(() => parseShare(json)).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ pointer })] }));
  });
});
