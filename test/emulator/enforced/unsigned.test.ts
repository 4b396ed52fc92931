import { describe, expect, it } from 'vitest';
import { target } from '../../support/target.ts';

describe.skipIf(!target.enforcesRoles)('an unsigned request (needs a target that checks signatures)', () => {
  it.each(['/generate', '/status/x'])('to %s is refused before any function runs', async (path) => {
    const method = path === '/generate' ? 'POST' : 'GET';
    const response = await fetch(`${target.api}${path}`, { method });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
