import { inject } from 'vitest';

/** A server that speaks the protocol of one or more AWS services, as the global set-up started it. */
export interface ServerAddress {
  readonly name: string;
  readonly dynamo?: string | undefined;
  readonly sqs?: string | undefined;
  readonly s3?: string | undefined;
  /** The tool without which it could not be started; its tests are skipped. */
  readonly missing?: string | undefined;
}

declare module 'vitest' {
  export interface ProvidedContext {
    servers: readonly ServerAddress[];
  }
}

/** The servers that stand in for one service. */
export function serversOf(service: 'dynamo' | 'sqs' | 's3') {
  return inject('servers').flatMap(({ name, missing, [service]: endpoint }) =>
    endpoint === undefined ? [] : [{ name, missing, endpoint }],
  );
}
