import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AwsClient } from 'aws4fetch';
import { inject } from 'vitest';
import { QuireClient } from '../../client/index.ts';
import { clientOptions, quietenSdk } from '../../local/credentials.ts';
import { documented } from './documented.ts';
import { type Client, createClient } from './raw-client.ts';
import { signedFetch } from './signed-fetch.ts';

/** What the tests run against, as the global set-up found or made it. */
export interface Target {
  readonly kind: 'ministack' | 'localstack' | 'account';
  /** Absent on an account. */
  readonly endpoint?: string | undefined;
  /** Process group of an emulator of our own; it runs on this machine. */
  readonly processGroup?: number | undefined;
  /** Whether the emulator enforces the roles' policies. */
  readonly enforcesRoles: boolean;
  /** Whether the API takes signed requests only. */
  readonly signed: boolean;
  readonly api: string;
  readonly outputs: Readonly<Record<string, string>>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    target: Target;
  }
}

quietenSdk();
export const target = inject('target');

const options = target.endpoint === undefined ? {} : clientOptions(target.endpoint);
export const dynamo = new DynamoDBClient(options);
export const lambda = new LambdaClient(options);
export const s3 = new S3Client(options);
export const sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: target.endpoint === undefined });

/** The API as a client of it, signing where it asks for that. Every answer is held against the API's description. */
export const api: Client = createClient(target.api, documented(target.api, target.signed ? signedFetch(sqs) : fetch));

/** The API as its users call it, and as strict with its answers. */
export const quire = new QuireClient({
  address: target.api,
  fetch: documented(target.api, fetch),
  ...(target.signed ? { sign: signature } : {}),
});

async function signature(request: Request): Promise<Request> {
  const [credentials, region] = await Promise.all([sqs.config.credentials(), sqs.config.region()]);
  return new AwsClient({ ...credentials, region, service: 'execute-api' }).sign(request);
}

/** @throws Error when the stack has no such output */
export function output(name: string): string {
  const value = target.outputs[name];
  if (value === undefined) throw new Error(`the stack has no output ${name}`);
  return value;
}
