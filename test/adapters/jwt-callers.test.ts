import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JwtCallers } from '../../lambdas/adapters/jwt-callers.ts';
import { Outage } from '../../lambdas/domain/failures.ts';
import { BAD_TOKENS } from '../support/bad-tokens.ts';
import { LocalIssuer } from '../support/issuer.ts';
import { ManualClock } from '../support/memory/clock.ts';
import { MemoryLog } from '../support/memory/log.ts';

let issuer: LocalIssuer;
let other: LocalIssuer;
let clock: ManualClock;
let log: MemoryLog;
let callers: JwtCallers;

beforeEach(async () => {
  [issuer, other] = await Promise.all([LocalIssuer.start(), LocalIssuer.start()]);
  clock = new ManualClock(Date.now());
  log = new MemoryLog();
  callers = callersWith();
});
afterEach(() => Promise.all([issuer.stop(), other.stop()]));

function callersWith(changes: { readonly tenantClaim?: string } = {}): JwtCallers {
  const issuers = [
    { issuer: issuer.address, audience: 'quire' },
    { issuer: other.address, audience: 'reports' },
  ];
  return new JwtCallers({ issuers, tenantClaim: 'sub', readScope: '', writeScope: '', ...changes }, clock, log);
}

describe('a token', () => {
  it('that is good names its tenant, by its issuer', async () => {
    expect(await callers.identify(issuer.token())).toMatchObject({ tenant: `${issuer.address} ann` });
    const theirs = await callers.identify(other.token({ aud: 'reports' }));
    expect(theirs).toMatchObject({ tenant: `${other.address} ann` });
  });

  it('may name its tenant by a claim of one’s own', async () => {
    const token = issuer.token({ org: 'acme' });
    expect(await callersWith({ tenantClaim: 'org' }).identify(token)).toMatchObject({
      tenant: `${issuer.address} acme`,
    });
    expect(await callersWith({ tenantClaim: 'org' }).identify(issuer.token())).toBeUndefined();
  });

  it.each(BAD_TOKENS)('%s is refused, and the log says no word of it', async (_what, make) => {
    const token = make(issuer);
    expect(await callers.identify(token)).toBeUndefined();
    const [line] = log.lines;
    expect(line?.event).toBe('token refused');
    for (const part of token.split('.').filter(Boolean)) expect(JSON.stringify(log.lines)).not.toContain(part);
  });

  it('is not taken for the audience of another issuer', async () => {
    expect(await callers.identify(issuer.token({ aud: 'reports' }))).toBeUndefined();
    expect(await callers.identify(other.token({ aud: 'quire' }))).toBeUndefined();
  });

  it('signed by one issuer in the name of another is refused', async () => {
    expect(await callers.identify(issuer.token({ iss: other.address, aud: 'reports' }))).toBeUndefined();
  });

  it.each([
    [{ scope: 'reports.read reports.write' }, ['reports.read', 'reports.write']],
    [{ scp: ['reports.read'] }, ['reports.read']],
    [{ scp: 'reports.read' }, ['reports.read']],
    [{}, []],
  ])('with %o has the scopes %o', async (claims, scopes) => {
    expect([...((await callers.identify(issuer.token(claims)))?.scopes ?? [])]).toEqual(scopes);
  });
});

describe('the keys of an issuer', () => {
  it('are asked for once', async () => {
    for (let i = 0; i < 5; i += 1) await callers.identify(issuer.token());
    expect(issuer.asked).toBe(1);
  });

  it('that are new are taken at once, beside the old ones', async () => {
    await callers.identify(issuer.token());
    issuer.addKey('second');
    expect(await callers.identify(issuer.token({}, 'second'))).toBeDefined();
    expect(await callers.identify(issuer.token())).toBeDefined();
  });

  it('that were withdrawn are refused after ten minutes', async () => {
    await callers.identify(issuer.token());
    issuer.addKey('second');
    issuer.withdrawKey('first');
    clock.advance(601);
    expect(await callers.identify(issuer.token({ exp: Date.now() / 1000 + 7200 }))).toBeUndefined();
    expect(await callers.identify(issuer.token({}, 'second'))).toBeDefined();
  });

  it('that cannot be had make an outage and no refusal; those that are known still count', async () => {
    issuer.isDown = true;
    await expect(callers.identify(issuer.token())).rejects.toThrow(Outage);
    issuer.isDown = false;
    expect(await callers.identify(issuer.token())).toBeDefined();
    issuer.isDown = true;
    other.isDown = true;
    clock.advance(601);
    expect(await callers.identify(issuer.token())).toBeDefined();
  });

  it('are not taken from somebody who says to be another', async () => {
    issuer.pretends = 'https://evil.example.com';
    await expect(callers.identify(issuer.token())).rejects.toThrow(Outage);
  });
});
