import { describe, expect, it } from 'vitest';
import { callbackUrlFault } from '../../lambdas/domain/callback-url.ts';

describe('a callback address', () => {
  it.each(['https://example.com/hook', 'https://example.com:8443/hook?x=1', 'https://example.com:443/'])(
    '%s is accepted',
    (url) => expect(callbackUrlFault(url, 'public')).toBeUndefined(),
  );

  it.each([
    ['http://example.com/hook', 'must be an https address'],
    ['ftp://example.com/hook', 'must be an https address'],
    ['javascript:alert(1)', 'must be an https address'],
    ['/hook', 'is not an absolute URL'],
    ['https://user:password@example.com/', 'must not contain credentials'],
    ['https://user@example.com/', 'must not contain credentials'],
    ['https://:password@example.com/', 'must not contain credentials'],
    ['https://example.com:22/', 'must use port 443 or 8443'],
    ['https://example.com:80/', 'must use port 443 or 8443'],
    [`https://example.com/${'x'.repeat(2048)}`, 'has 2068 characters; at most 2048 are accepted'],
  ])('%s is refused', (url, fault) => expect(callbackUrlFault(url, 'public')).toBe(fault));

  it('may be as long as is said', () => {
    const url = `https://example.com/${'x'.repeat(2048 - 'https://example.com/'.length)}`;
    expect(callbackUrlFault(url, 'public')).toBeUndefined();
    expect(callbackUrlFault(`${url}x`, 'public')).toMatch(/^has 2049 characters/);
  });

  it('may lead to a port of the machine itself on the local stage alone', () => {
    expect(callbackUrlFault('http://127.0.0.1:9999/', 'anywhere')).toBeUndefined();
    expect(callbackUrlFault('https://127.0.0.1:9999/', 'anywhere')).toBeUndefined();
    expect(callbackUrlFault('file:///etc/passwd', 'anywhere')).toBe('must be an https address');
  });
});
