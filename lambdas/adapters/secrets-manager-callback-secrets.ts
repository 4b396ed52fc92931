import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { CallbackSecrets } from '../domain/callback.ts';
import type { Clock } from '../domain/ports.ts';

const DAY_MILLISECONDS = 24 * 3600 * 1000;
/** How long a function goes on with what it has read: a rotation is known everywhere after this. */
const CACHE_MILLISECONDS = 5 * 60_000;

interface Version {
  readonly master: Uint8Array;
  readonly createdAt: number;
}

/**
 * The master secret of callbacks in Secrets Manager. A new version is a rotation: for a day after it the version before
 * is in force as well, so that receivers can change their keys without missing a callback.
 */
export class SecretsManagerCallbackSecrets implements CallbackSecrets {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  readonly #clock: Clock;
  #cached: { readonly until: number; readonly masters: readonly Uint8Array[] } | undefined;

  constructor(client: SecretsManagerClient, secretId: string, clock: Clock) {
    this.#client = client;
    this.#secretId = secretId;
    this.#clock = clock;
  }

  async masters(): Promise<readonly Uint8Array[]> {
    const now = this.#clock.now();
    if (this.#cached === undefined || this.#cached.until <= now) {
      this.#cached = { until: now + CACHE_MILLISECONDS, masters: await this.#read(now) };
    }
    return this.#cached.masters;
  }

  async #read(now: number): Promise<readonly Uint8Array[]> {
    const current = await this.#version('AWSCURRENT');
    if (current === undefined) throw new Error('The master secret of callbacks has no value.');
    if (now - current.createdAt >= DAY_MILLISECONDS) return [current.master];
    const previous = await this.#version('AWSPREVIOUS');
    return previous === undefined ? [current.master] : [current.master, previous.master];
  }

  async #version(VersionStage: string): Promise<Version | undefined> {
    try {
      const get = new GetSecretValueCommand({ SecretId: this.#secretId, VersionStage });
      const { SecretString, CreatedDate } = await this.#client.send(get);
      if (SecretString === undefined) return undefined;
      return { master: Buffer.from(SecretString), createdAt: CreatedDate?.getTime() ?? 0 };
    } catch (error) {
      // A secret that was never rotated has no version before this one.
      if (error instanceof ResourceNotFoundException && VersionStage === 'AWSPREVIOUS') return undefined;
      throw error;
    }
  }
}
