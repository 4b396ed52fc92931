import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { Outage } from '../domain/failures.ts';
import { AlreadyRunning, type Once } from '../domain/ports.ts';
import { tellOutages } from './outages.ts';

/** Fixed, because the default is the function's name: a renamed function would forget all that it did. */
const KEY_PREFIX = 'quire';

/**
 * Powertools idempotency as a port. It suppresses duplicate work and no more: it is a lock that expires, so what
 * protects the row is the attempt number (see docs/decisions).
 */
export class PowertoolsOnce {
  readonly #store: DynamoDBPersistenceLayer;
  readonly #config: IdempotencyConfig;

  constructor(awsSdkV3Client: DynamoDBClient, tableName: string, expiresAfterSeconds: number) {
    this.#store = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: tellOutages(awsSdkV3Client) });
    // Its defaults – one hour, md5, and silently no protection where the key is missing – are wrong here.
    this.#config = new IdempotencyConfig({
      expiresAfterSeconds,
      hashFunction: 'sha256',
      throwOnNoIdempotencyKey: true,
    });
  }

  /** The context tells how long this invocation can live: without it the lock of a killed worker would last for weeks. */
  during(context: Context): Once {
    this.#config.registerLambdaContext(context);
    return { run: (key, work) => this.#run(key, work) };
  }

  async #run<T extends object>(key: string, work: () => Promise<T>): Promise<T> {
    const options = { persistenceStore: this.#store, config: this.#config, keyPrefix: KEY_PREFIX };
    try {
      return await makeIdempotent((_key: string) => work(), options)(key);
    } catch (error) {
      if (error instanceof IdempotencyAlreadyInProgressError) throw new AlreadyRunning(error.message, { cause: error });
      // Powertools wraps what the table said.
      throw error instanceof Error && error.cause instanceof Outage ? error.cause : error;
    }
  }
}
