import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { COMMON_ENVIRONMENT, ENVIRONMENT } from '../../lambdas/contract.ts';
import { authOf, environment, whole } from '../../lambdas/runtime/env.ts';

beforeEach(() => {
  for (const key of COMMON_ENVIRONMENT) vi.stubEnv(key, key);
});
afterEach(() => vi.unstubAllEnvs());

describe('the environment', () => {
  it('is exactly what the contract lists', () => {
    for (const key of ENVIRONMENT.status) vi.stubEnv(key, `value of ${key}`);
    expect(Object.keys(environment('status'))).toEqual([...ENVIRONMENT.status]);
  });

  it('names every key that is missing', () => {
    for (const key of ENVIRONMENT.status) vi.stubEnv(key, '');
    expect(() => environment('status')).toThrow(ENVIRONMENT.status.join(', '));
    for (const key of COMMON_ENVIRONMENT) vi.stubEnv(key, '');
    expect(() => environment('status')).toThrow(COMMON_ENVIRONMENT.join(', '));
  });

  it('has whole numbers only', () => {
    expect(whole('300')).toBe(300);
    for (const text of ['-1', '1.5', 'many', '1e99']) expect(() => whole(text)).toThrow(text);
  });

  it('opens no door for a mode of authorization that it does not know', () => {
    expect(() => authOf('oauth')).toThrow('oauth');
  });
});
