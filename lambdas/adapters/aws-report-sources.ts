import { type DynamoDBClient, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { StoredBytes } from '../domain/dataset.ts';
import { Outage, PermanentFailure, RetryableFailure } from '../domain/failures.ts';
import type { ReportSources, SourceAddresses, SourceItem, TableQuery } from '../domain/report-definition.ts';
import { tellOutages } from './outages.ts';
import { S3DatasetStore } from './s3-dataset-store.ts';

/** An answer of a service is read as a whole. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const ANSWER_MILLISECONDS = 30_000;

export interface SourceClients {
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  readonly fetch: typeof fetch;
}

/** What the definitions of reports may read: the tables, buckets and services that the stack grants, each by its name. */
export class AwsReportSources implements ReportSources {
  readonly #clients: SourceClients;
  readonly #addresses: SourceAddresses;

  constructor(clients: SourceClients, addresses: SourceAddresses) {
    this.#clients = { ...clients, dynamo: tellOutages(clients.dynamo) };
    this.#addresses = addresses;
  }

  async *query(name: string, { partition, sort, index }: TableQuery, signal: AbortSignal): AsyncIterable<SourceItem> {
    const range = sort === undefined ? '' : ' AND #sort BETWEEN :from AND :to';
    const query = {
      TableName: granted(this.#addresses.tables, name),
      IndexName: index,
      KeyConditionExpression: `#partition = :partition${range}`,
      ExpressionAttributeNames: { '#partition': partition.name, ...(sort && { '#sort': sort.name }) },
      ExpressionAttributeValues: marshall({
        ':partition': partition.value,
        ...(sort && { ':from': sort.from, ':to': sort.to }),
      }),
    };
    for await (const page of paginateQuery({ client: this.#clients.dynamo }, query, { abortSignal: signal })) {
      signal.throwIfAborted();
      for (const item of page.Items ?? []) yield unmarshall(item);
    }
  }

  async *scan(name: string, signal: AbortSignal): AsyncIterable<SourceItem> {
    const scan = { TableName: granted(this.#addresses.tables, name) };
    for await (const page of paginateScan({ client: this.#clients.dynamo }, scan, { abortSignal: signal })) {
      signal.throwIfAborted();
      for (const item of page.Items ?? []) yield unmarshall(item);
    }
  }

  async open(name: string, key: string): Promise<StoredBytes> {
    const { bucket, prefix } = granted(this.#addresses.buckets, name);
    const store = new S3DatasetStore(this.#clients.s3, bucket);
    const stored = await store.inspect(prefix + key);
    if (stored !== undefined) return steady(store.open(prefix + key, stored), name);
    throw new PermanentFailure('REPORT_SOURCE_MISSING', `The source "${name}" has no object "${key}".`);
  }

  async json(name: string, path: string, signal: AbortSignal): Promise<unknown> {
    const base = new URL(granted(this.#addresses.services, name));
    const url = new URL(path, base);
    if (!url.href.startsWith(base.href)) throw refused(name, 'is not asked for addresses outside of its own');
    const until = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MILLISECONDS)]);
    try {
      const response = await this.#clients.fetch(url, { signal: until, redirect: 'error' });
      if (response.status === 429 || response.status >= 500) throw new Outage(`"${name}" answers ${response.status}.`);
      if (!response.ok) throw refused(name, `answers ${response.status}`);
      return JSON.parse(await textOf(response, name));
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof SyntaxError) throw refused(name, 'answers with something else than JSON');
      if (cause instanceof PermanentFailure || cause instanceof Outage) throw cause;
      throw new Outage(`"${name}" is out of reach.`, { cause });
    }
  }
}

/** An object that is replaced while it is read is no fault of the report: the next attempt reads the new one. */
function steady(file: StoredBytes, name: string): StoredBytes {
  const changed = (cause: unknown): never => {
    const isChange = cause instanceof PermanentFailure && /^DATASET_(CHANGED|GONE)$/.test(cause.code);
    if (!isChange) throw cause;
    throw new RetryableFailure('REPORT_SOURCE_CHANGED', `The source "${name}" was replaced while it was read.`, {
      cause,
    });
  };
  return {
    sizeBytes: file.sizeBytes,
    slice: (...range) => file.slice(...range).catch(changed),
    async *stream(signal) {
      try {
        yield* file.stream(signal);
      } catch (cause) {
        changed(cause);
      }
    },
  };
}

async function textOf(response: Response, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw refused(name, `answers with more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function granted<T>(addresses: Readonly<Record<string, T>>, name: string): T {
  const address = Object.hasOwn(addresses, name) ? addresses[name] : undefined;
  if (address !== undefined) return address;
  throw new PermanentFailure('REPORT_SOURCE_MISSING', `This stage has no source "${name}".`);
}

function refused(name: string, what: string): PermanentFailure {
  return new PermanentFailure('REPORT_SOURCE_REFUSED', `The source "${name}" ${what}.`);
}
