/**
 * A worker in a process of its own, made of the same use case and the same adapters as the deployed one. Its reports are
 * longer than a part, which those of requests that fit into one POST never are, so that it can be killed among parts.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoJobTable } from '../../../../lambdas/adapters/dynamo-job-table.ts';
import { PowertoolsOnce } from '../../../../lambdas/adapters/powertools-once.ts';
import { S3ReportStore } from '../../../../lambdas/adapters/s3-report-store.ts';
import { S3RequestStore } from '../../../../lambdas/adapters/s3-request-store.ts';
import { inlineRows } from '../../../../lambdas/datasets/inline.ts';
import type { JobMessage } from '../../../../lambdas/domain/job.ts';
import type { Renderer } from '../../../../lambdas/domain/rendering.ts';
import { work } from '../../../../lambdas/functions/worker/work.ts';
import { BULK, QUICK } from '../../../../lambdas/runtime/clients.ts';
import { systemClock } from '../../../../lambdas/runtime/clock.ts';
import { clientOptions } from '../../../../local/credentials.ts';
import { MemoryLog } from '../../../support/memory/log.ts';

export interface Task {
  readonly message: JobMessage;
  readonly endpoint: string;
  readonly jobsTable: string;
  readonly idempotencyTable: string;
  readonly bucket: string;
}

const REPORT_BYTES = 20 * 1024 * 1024;
const CHUNK = Buffer.alloc(1024 * 1024, 'a long report; ');
const SECONDS = { lease: 11, backoffBase: 5, backoffCap: 900, sweepInterval: 60, reportRetention: 86_400 };

/** Reads all rows and writes twenty megabytes, whatever they are. */
const renderer: Renderer = {
  contentType: 'application/octet-stream',
  async render(_report, tables, sink, { signal }) {
    let rows = 0;
    for (const table of tables) for await (const batch of table) rows += batch.length;
    for (let written = 0; written < REPORT_BYTES; written += CHUNK.byteLength) {
      signal.throwIfAborted();
      await sink.write(CHUNK);
    }
    return { rows, sheets: tables.length, warnings: [] };
  },
};

process.once('message', async ({ message, endpoint, jobsTable, idempotencyTable, bucket }: Task) => {
  const options = clientOptions(endpoint);
  const dynamo = new DynamoDBClient({ ...QUICK, ...options });
  const s3 = new S3Client({ ...BULK, ...options });
  const context = { getRemainingTimeInMillis: () => 10_000 };
  const ports = {
    jobs: new DynamoJobTable(dynamo, jobsTable),
    requests: new S3RequestStore(s3, bucket),
    reports: new S3ReportStore(s3, bucket),
    once: new PowertoolsOnce(dynamo, idempotencyTable, 3_600).during(context as never),
    clock: systemClock,
    log: new MemoryLog(),
    rendererOf: async () => renderer,
    openRows: inlineRows,
    random: Math.random,
  };
  const delivery = {
    body: JSON.stringify(message),
    id: `process-${process.pid}`,
    receives: 1,
    returnAfter: async () => {},
  };
  const handled = await work(delivery, new AbortController().signal, ports, { ...SECONDS, maxAttempts: 3 });
  process.send?.(handled, () => process.disconnect());
});
