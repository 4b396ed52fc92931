import { S3Client } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { S3DatasetStore } from '../../adapters/s3-dataset-store.ts';
import { S3UploadLinks } from '../../adapters/s3-upload-links.ts';
import { addressesFor } from '../../runtime/addresses.ts';
import { optionalJsonOf } from '../../runtime/body.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, environment, whole } from '../../runtime/env.ts';
import { json, respond } from '../../runtime/http.ts';
import { log } from '../../runtime/observability.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { lookUp } from './look-up.ts';
import { openUpload } from './open-upload.ts';

const env = environment('datasets');
const auth = authOf(env.AUTH);
const settings = {
  datasetRetention: whole(env.DATASET_RETENTION_SECONDS),
  datasetMaxBytes: whole(env.DATASET_MAX_BYTES),
  link: whole(env.LINK_SECONDS),
};
const s3 = limited(new S3Client({ ...QUICK, requestChecksumCalculation: 'WHEN_REQUIRED' }));
const ports = {
  datasets: new S3DatasetStore(s3, env.BUCKET),
  links: new S3UploadLinks(s3, env.BUCKET, settings.link, systemClock),
  clock: systemClock,
  log,
};

/** `POST /datasets`, `GET /datasets/{id}` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withinTime(context, () => respond(event, () => (event.httpMethod === 'POST' ? upload(event) : look(event))));
}

async function upload(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const dataset = await openUpload(tenantOf(event, auth), optionalJsonOf(event), ports, settings);
  return json(201, dataset, { Location: addressesFor(event)(`datasets/${dataset.id}`) });
}

async function look(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  return json(200, await lookUp(event.pathParameters?.id ?? '', tenantOf(event, auth), ports, settings));
}
