import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { SecretsManagerCallbackSecrets } from '../../lambdas/adapters/secrets-manager-callback-secrets.ts';
import { ManualClock } from '../support/memory/clock.ts';
import { jsonAnswer, jsonError, wired } from '../support/wire.ts';

const HOUR = 3600_000;

interface Versions {
  readonly AWSCURRENT?: { readonly text?: string; readonly age: number };
  readonly AWSPREVIOUS?: { readonly text?: string; readonly age: number };
}

/** A secret with these versions; ages in milliseconds. */
function secretOf(versions: Versions, failing = 'ResourceNotFoundException') {
  const clock = new ManualClock();
  const born = clock.now();
  const { calls, config } = wired(({ json }) => {
    const version = versions[json.VersionStage as keyof Versions];
    if (version === undefined) return jsonError(failing);
    return jsonAnswer({ SecretString: version.text, CreatedDate: (born - version.age) / 1000 });
  });
  const secrets = new SecretsManagerCallbackSecrets(new SecretsManagerClient(config), 'secret-id', clock);
  const texts = async () => (await secrets.masters()).map((master) => Buffer.from(master).toString());
  return { clock, calls, texts };
}

describe('the master secrets of callbacks', () => {
  it('are the current one, where it is older than a day', async () => {
    const { texts, calls } = secretOf({
      AWSCURRENT: { text: 'new', age: 24 * HOUR },
      AWSPREVIOUS: { text: 'old', age: 0 },
    });
    expect(await texts()).toEqual(['new']);
    expect(calls).toMatchObject([
      { target: 'secretsmanager.GetSecretValue', json: { SecretId: 'secret-id', VersionStage: 'AWSCURRENT' } },
    ]);
  });

  it('are for a day after a rotation two, the newer first', async () => {
    const { texts } = secretOf({
      AWSCURRENT: { text: 'new', age: 24 * HOUR - 1 },
      AWSPREVIOUS: { text: 'old', age: 99 * HOUR },
    });
    expect(await texts()).toEqual(['new', 'old']);
  });

  it('are one where none was before it, or the one before is empty', async () => {
    expect(await secretOf({ AWSCURRENT: { text: 'new', age: HOUR } }).texts()).toEqual(['new']);
    const empty = secretOf({ AWSCURRENT: { text: 'new', age: HOUR }, AWSPREVIOUS: { age: HOUR } });
    expect(await empty.texts()).toEqual(['new']);
  });

  it('are read once in five minutes', async () => {
    const { texts, calls, clock } = secretOf({ AWSCURRENT: { text: 'new', age: 48 * HOUR } });
    await texts();
    clock.advance(299.999);
    await texts();
    expect(calls).toHaveLength(1);
    clock.advance(0.001);
    await texts();
    expect(calls).toHaveLength(2);
  });

  it('fail where there is none, or the service fails', async () => {
    await expect(secretOf({}).texts()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const empty = secretOf({ AWSCURRENT: { age: HOUR } });
    await expect(empty.texts()).rejects.toThrow('The master secret of callbacks has no value.');
    const locked = secretOf({ AWSCURRENT: { text: 'new', age: HOUR } }, 'DecryptionFailure');
    await expect(locked.texts()).rejects.toMatchObject({ name: 'DecryptionFailure' });
  });
});
