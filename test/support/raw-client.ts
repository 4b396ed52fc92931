import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetUpload, JobView } from '../../lambdas/domain/answers.ts';

/** A refusal or a failure that the API told of. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
}

export interface WaitOptions {
  /** Called with every answer. */
  readonly onChange?: (job: JobView) => void;
  readonly timeoutMs?: number;
  /** Between two polls; without it the API's own `Retry-After`. */
  readonly pollMs?: number;
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * The calls of the API one by one, as any client could make them, wrong ones too: nothing is tried again and nothing is
 * hidden. `quire/client` is for those who want reports.
 *
 * @param address - of the API, without a trailing slash
 * @param request - does the calls to the API; replaced where they have to be signed
 */
export function createClient(address: string, request: Fetch = fetch) {
  return {
    /** Posts as it is: text and bytes are sent untouched, anything else as JSON. */
    post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
      return request(`${address}/generate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      });
    },

    /** @throws ApiError unless the request is accepted. */
    async generate(body: unknown, headers?: Record<string, string>): Promise<JobView> {
      return jsonOf(await this.post(body, headers), 202);
    },

    /**
     * A place to upload as many bytes to.
     * @throws ApiError unless there is one
     */
    async openUpload(sizeBytes: number): Promise<DatasetUpload> {
      const body = JSON.stringify({ sizeBytes });
      const headers = { 'content-type': 'application/json' };
      return jsonOf(await request(`${address}/datasets`, { method: 'POST', headers, body }), 201);
    },

    /**
     * Uploads rows for a later request.
     * @returns the id by which a request names them
     * @throws ApiError unless there is a place for them and they arrive
     */
    async upload(bytes: Uint8Array): Promise<string> {
      const { id, upload } = await this.openUpload(bytes.byteLength);
      const { url, method, headers } = upload;
      const stored = await fetch(url, { method, headers, body: new Uint8Array(bytes) });
      if (stored.ok) return id;
      throw new ApiError(`the upload of ${bytes.byteLength} bytes was refused: ${stored.status}`);
    },

    dataset(id: string): Promise<Response> {
      return request(`${address}/datasets/${id}`);
    },

    get(id: string): Promise<Response> {
      return request(`${address}/status/${id}`);
    },

    cancel(id: string): Promise<Response> {
      return request(`${address}/status/${id}`, { method: 'DELETE' });
    },

    redrive(id: string, body: object = {}): Promise<Response> {
      const headers = { 'content-type': 'application/json' };
      return request(`${address}/status/${id}/redrive`, { method: 'POST', headers, body: JSON.stringify(body) });
    },

    /** Follows a link that an answer gave, in its `Location` or in its body. */
    follow(link: string, answer: Response): Promise<Response> {
      return request(new URL(link, answer.url).href);
    },

    /** @throws ApiError unless the job is known. */
    async status(id: string): Promise<JobView> {
      return jsonOf(await this.get(id), 200);
    },

    /**
     * Polls until the job has ended, well or badly.
     * @throws ApiError when that takes longer than `timeoutMs` (two minutes)
     */
    async ended(id: string, { onChange, timeoutMs = 120_000, pollMs }: WaitOptions = {}): Promise<JobView> {
      for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; ) {
        const response = await this.get(id);
        const job = await jsonOf<JobView>(response, 200);
        onChange?.(job);
        if (job.finishedAt !== null) return job;
        await sleep(pollMs ?? Number(response.headers.get('retry-after') ?? 1) * 1000);
      }
      throw new ApiError(`job ${id} has not ended within ${timeoutMs / 1000} s`);
    },

    /** The file behind the presigned link of a finished job. */
    async download(job: JobView): Promise<Response> {
      const url = job.report?.url;
      if (!url) throw new ApiError(`job ${job.id} has no file: ${job.status} ${job.error?.code ?? ''}`.trim());
      return fetch(url);
    },
  };
}

export type Client = ReturnType<typeof createClient>;

async function jsonOf<T>(response: Response, expected: number): Promise<T> {
  const text = await response.text();
  if (response.status !== expected) {
    throw new ApiError(`expected ${expected} from ${response.url} but got ${response.status}: ${text.slice(0, 500)}`);
  }
  return JSON.parse(text);
}
