/**
 * One talk with a service, in nothing but the client and what every runtime has: it is bundled and run in Node, Deno and
 * Bun, with what it needs to know in `TALK`. It prints what it has seen as JSON.
 */
import { AwsClient } from 'aws4fetch';
import { QuireClient, QuireProblem } from '../../client/index.ts';

declare const process: { readonly env: { readonly TALK?: string } };

/** What a talk needs to know; credentials where the service wants signed calls. */
export interface TalkSettings {
  readonly address: string;
  readonly credentials?: ConstructorParameters<typeof AwsClient>[0];
}

const { address, credentials }: TalkSettings = JSON.parse(process.env.TALK ?? '{}');
const aws = credentials && new AwsClient({ ...credentials, service: 'execute-api' });
const quire = new QuireClient({ address, ...(aws ? { sign: (request) => aws.sign(request) } : {}) });

const reference = crypto.randomUUID();
const dataset = await quire.upload(new Blob(['id,name\n', '1,a\n', '2,b\n', '3,c\n']));
const accepted = await quire.generate({
  format: 'xlsx',
  title: 'Talk',
  reference,
  dataset: { id: dataset, format: 'csv' },
});
const job = await quire.finish(accepted, { everyMs: 100 });
const { body, report } = await quire.download(job);
const bytes = await new Response(body).arrayBuffer();
const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

const listed: string[] = [];
for await (const { id } of quire.list({ reference })) listed.push(id);

const link = await quire.share(job, { days: 1 });
const opened = await (await fetch(link.url)).arrayBuffer();
const revoked = await quire.revokeShare(job, link.id);

const problem = await quire
  .cancel(job)
  .catch((error: unknown) => (error instanceof QuireProblem ? error.code : String(error)));
const ended = await quire
  .status(job.id, { signal: AbortSignal.abort(new Error('enough')) })
  .catch((error: unknown) => String(error));

console.log(
  JSON.stringify({
    rows: report.rows,
    sumAsTold: Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('') === report.sha256,
    listed: listed.length === 1 && listed[0] === job.id,
    sharedBytes: opened.byteLength === report.sizeBytes,
    revoked,
    problem,
    ended,
  }),
);
