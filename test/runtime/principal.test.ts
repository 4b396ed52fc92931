import { describe, expect, it } from 'vitest';
import { tenantOf } from '../../lambdas/runtime/principal.ts';
import { apiEvent } from '../support/api-event.ts';

const tenant = (userArn?: string) => tenantOf(apiEvent(userArn === undefined ? {} : { userArn }), 'iam');

describe('the tenant', () => {
  it('is the signed user', () => {
    expect(tenant('arn:aws:iam::123456789012:user/reports')).toBe('arn:aws:iam::123456789012:user/reports');
  });

  it('is one and the same in every session of a role', () => {
    expect(tenant('arn:aws:sts::123456789012:assumed-role/Billing/i-1')).toBe('arn:aws:iam::123456789012:role/Billing');
    expect(tenant('arn:aws:sts::123456789012:assumed-role/Billing/i-2')).toBe(
      tenant('arn:aws:sts::123456789012:assumed-role/Billing/i-1'),
    );
  });

  it('differs between accounts', () => {
    expect(tenant('arn:aws:sts::123456789012:assumed-role/Billing/s')).not.toBe(
      tenant('arn:aws:sts::210987654321:assumed-role/Billing/s'),
    );
  });

  it('is refused when nobody signed', () => {
    expect(() => tenant()).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it('is the machine itself where there is no authorization', () => {
    expect(tenantOf(apiEvent({}), 'none')).toBe('local');
  });
});

describe('the tenant of a token', () => {
  const named = (authorizer: Record<string, unknown> | null) => {
    const event = apiEvent({});
    return tenantOf({ requestContext: { ...event.requestContext, authorizer } }, 'jwt');
  };

  it('is what the authorizer said', () => {
    expect(named({ tenant: 'https://issuer.example.com ann' })).toBe('https://issuer.example.com ann');
  });

  it.each([null, {}, { tenant: '' }, { principalId: 'ann' }])(
    'is nobody where the authorizer said %j',
    (authorizer) => {
      expect(() => named(authorizer)).toThrow('bears no token');
    },
  );
});
