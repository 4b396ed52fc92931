import { JobFailed, QuireProblem, UnexpectedAnswer } from './problems.ts';
import { pause, retryAfterMs, Transport, type TransportOptions } from './transport.ts';
import type {
  CallOptions,
  Dataset,
  DatasetUpload,
  Job,
  JobFilter,
  JobPage,
  Report,
  ReportRequest,
  Share,
  ShareLink,
  ShareRequest,
} from './types.ts';

export type ClientOptions = TransportOptions;

export interface GenerateOptions extends CallOptions {
  /** Makes the call the same as an earlier one under this key; without it, every call has a key of its own. */
  readonly idempotencyKey?: string | undefined;
}

export interface WaitOptions extends CallOptions {
  /** Between two polls, in milliseconds; without it as long as the API asks for. */
  readonly everyMs?: number | undefined;
}

export interface PageOptions extends CallOptions {
  /** At most so many jobs, 1 to 100. */
  readonly limit?: number | undefined;
  /** Of the page before, under the same filter. */
  readonly cursor?: string | undefined;
}

export interface RedriveOptions extends CallOptions {
  /** Which generation is known to have failed; that of the job where one is given. */
  readonly generation?: number | undefined;
}

/** A finished file on its way. */
export interface Download {
  readonly report: Report;
  readonly body: ReadableStream<Uint8Array>;
}

/** The most that the API gives at once. */
const PAGE = 100;

/** While a job waits the API asks for a second; this is for an answer that asks for nothing. */
const POLL_MS = 1000;

/**
 * A client of a Quire API, for Node ≥ 20, Deno, Bun and browsers.
 *
 * ```ts
 * const quire = new QuireClient({ address: 'https://…/prod', sign });
 * const job = await quire.finish(await quire.generate({ format: 'xlsx', title: 'Sales', columns, rows }));
 * const { body, report } = await quire.download(job);
 * ```
 *
 * Every method throws a {@link QuireProblem} where the API refuses, and the signal's reason where that ended the call.
 */
export class QuireClient {
  readonly #transport: Transport;

  constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
  }

  /** Posts a request. Tries again on an outage under the same key, so that one call is one job. */
  async generate(request: ReportRequest, options: GenerateOptions = {}): Promise<Job> {
    const headers = { 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() };
    return this.#json({ method: 'POST', path: 'generate', headers, body: request, signal: options.signal });
  }

  /** Where a job stands. */
  async status(id: string, { signal }: CallOptions = {}): Promise<Job> {
    return this.#json({ method: 'GET', path: pathOf(id), signal });
  }

  /**
   * Ends a job that is not done yet: at once while it is queued, else as soon as its worker sees the wish; `wait` tells
   * when. Asked for again, the answer is the same.
   */
  async cancel(job: string | Job, { signal }: CallOptions = {}): Promise<Job> {
    return this.#json({ method: 'DELETE', path: pathOf(job), signal });
  }

  /**
   * Opens a job that ended as `error` again, as its next generation: for a fault that has been mended. Given the job
   * itself, or its generation, the call is safe to repeat for however long.
   */
  async redrive(job: string | Job, { signal, generation }: RedriveOptions = {}): Promise<Job> {
    const failed = generation ?? (typeof job === 'string' ? undefined : job.generation);
    const body = failed === undefined ? {} : { generation: failed };
    return this.#json({ method: 'POST', path: `${pathOf(job)}/redrive`, body, signal });
  }

  /** The caller's jobs, newest first, page after page until nobody asks for more. Their files have no links here. */
  async *list(filter: JobFilter = {}, { signal }: CallOptions = {}): AsyncGenerator<Job, void, undefined> {
    let cursor: string | undefined;
    do {
      const page: JobPage = await this.page(filter, { limit: PAGE, cursor, signal });
      yield* page.jobs;
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** One page of the list. It may be short, even empty, while its `cursor` says that there is more. */
  async page(filter: JobFilter = {}, { signal, limit, cursor }: PageOptions = {}): Promise<JobPage> {
    const { status, format, reference, from, to } = filter;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ status, format, reference, from, to, limit, cursor })) {
      if (value !== undefined) query.set(name, String(value));
    }
    return this.#json({ method: 'GET', path: query.size > 0 ? `status?${query}` : 'status', signal });
  }

  /** Makes a link to the file of a job for people who cannot sign a call. It is shown this once. */
  async share(job: string | Job, share: ShareRequest, { signal }: CallOptions = {}): Promise<ShareLink> {
    const path = `${pathOf(job)}/shares`;
    const link = await this.#json<ShareLink>({ method: 'POST', path, body: share, signal });
    // An API that does not know its own address answers with one that is relative to the call.
    return { ...link, url: new URL(link.url, this.#transport.addressOf(path)).href };
  }

  /** The links that were made to the file of a job, without the links themselves. */
  async shares(job: string | Job, { signal }: CallOptions = {}): Promise<readonly Share[]> {
    const { shares } = await this.#json<{ shares: Share[] }>({ method: 'GET', path: `${pathOf(job)}/shares`, signal });
    return shares;
  }

  /**
   * Ends a link to the file of a job.
   * @returns whether there was one: `false` also where it had been ended before
   */
  async revokeShare(job: string | Job, shareId: string, { signal }: CallOptions = {}): Promise<boolean> {
    const path = `${pathOf(job)}/shares/${encodeURIComponent(shareId)}`;
    try {
      await this.#transport.call({ method: 'DELETE', path, signal });
      return true;
    } catch (error) {
      // A try whose answer was lost may have ended it.
      if (error instanceof QuireProblem && error.code === 'NOT_FOUND') return false;
      throw error;
    }
  }

  /**
   * Follows a job: gives what the API says of it, again and again, the last time when it has ended, well or badly. Asks as
   * often as the API wants to be asked.
   */
  async *wait(job: string | Job, { signal, everyMs }: WaitOptions = {}): AsyncGenerator<Job, void, undefined> {
    const path = pathOf(job);
    for (;;) {
      const response = await this.#transport.call({ method: 'GET', path, signal });
      const now = (await response.json()) as Job;
      yield now;
      if (now.finishedAt !== null) return;
      await pause(everyMs ?? retryAfterMs(response) ?? POLL_MS, signal);
    }
  }

  /**
   * Waits for the file of a job.
   * @throws JobFailed where there is none in the end
   */
  async finish(job: string | Job, options: WaitOptions = {}): Promise<Job> {
    let last: Job | undefined;
    for await (const now of this.wait(job, options)) last = now;
    if (last?.report) return last;
    throw new JobFailed(last as Job);
  }

  /**
   * The file of a finished job, as a stream; a new link is fetched first, so that it has not expired.
   * @throws JobFailed where there is none
   */
  async download(job: string | Job, { signal }: CallOptions = {}): Promise<Download> {
    const now = await this.status(idOf(job), { signal });
    if (!now.report?.url) throw new JobFailed(now);
    const response = await this.#transport.plain(now.report.url, signal ? { signal } : {});
    if (!response.ok || !response.body) {
      throw new UnexpectedAnswer(response.url, response.status, await response.text());
    }
    return { report: now.report, body: response.body };
  }

  /**
   * Uploads rows for later requests, which name them by the id that is given back. A Blob may be a file that is read as
   * it is sent: `await fs.openAsBlob(path)` in Node, a `File` in a browser.
   */
  async upload(rows: Blob | Uint8Array<ArrayBuffer> | string, options: CallOptions = {}): Promise<string> {
    const blob = rows instanceof Blob ? rows : new Blob([rows]);
    const { id, upload } = await this.openUpload(blob.size, options);
    const { url, method, headers } = upload;
    const { signal } = options;
    // Clients set the length by themselves, and browsers let nobody else do it.
    const { 'content-length': _, ...own } = lowerCased(headers);
    const body = { method, headers: own, body: blob, ...(signal ? { signal } : {}) };
    const response = await this.#transport.plain(url, body);
    const text = await response.text();
    if (!response.ok) throw new UnexpectedAnswer(response.url, response.status, text);
    return id;
  }

  /** A place to upload as many bytes to, for those who upload by themselves. */
  async openUpload(sizeBytes: number, { signal }: CallOptions = {}): Promise<DatasetUpload> {
    return this.#json({ method: 'POST', path: 'datasets', body: { sizeBytes }, signal });
  }

  /** Whether a dataset has arrived. */
  async dataset(id: string, { signal }: CallOptions = {}): Promise<Dataset> {
    return this.#json({ method: 'GET', path: `datasets/${encodeURIComponent(id)}`, signal });
  }

  async #json<T>(call: Parameters<Transport['call']>[0]): Promise<T> {
    return (await this.#transport.call(call)).json() as Promise<T>;
  }
}

function pathOf(job: string | Job): string {
  return `status/${encodeURIComponent(idOf(job))}`;
}

function idOf(job: string | Job): string {
  return typeof job === 'string' ? job : job.id;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
