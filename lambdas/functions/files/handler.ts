import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { S3Links } from '../../adapters/s3-links.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { environment, whole } from '../../runtime/env.ts';
import { redirect, respond } from '../../runtime/http.ts';
import { log } from '../../runtime/observability.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { type OpenSharePorts, openShare } from './open-share.ts';

const env = environment('files');
const ports: OpenSharePorts = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  links: new S3Links(limited(new S3Client(QUICK)), env.BUCKET, whole(env.LINK_SECONDS), systemClock),
  clock: systemClock,
  log,
};

/** `GET /files/{token}`: nobody is asked who they are, so the token must be all. */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  const open = async () => redirect(await openShare(event.pathParameters?.token ?? '', ports));
  // The path is the secret: no answer repeats it.
  return withinTime(context, () => respond({ ...event, path: '/files' }, open));
}
