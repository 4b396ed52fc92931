import { QuireProblem, UnexpectedAnswer } from './problems.ts';
import type { CallOptions } from './types.ts';

/** Puts credentials on a request: a signature (SigV4) or a bearer token. Called for every try. */
export type Sign = (request: Request) => Request | Promise<Request>;

export interface TransportOptions {
  /** Of the API, the stage's path included. */
  readonly address: string | URL;
  readonly sign?: Sign | undefined;
  /** Replaces the global `fetch`. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** How often a call is made in all when it meets an outage or is slowed down; 5 by default. */
  readonly tries?: number | undefined;
}

export interface Call extends CallOptions {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the address, without a slash at its beginning. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is where it is text or bytes, else as JSON. */
  readonly body?: unknown;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 20_000;

/** What an API may answer that is asked too much or cannot answer now, and a gateway in front of it. */
const AGAIN: readonly number[] = [429, 502, 503, 504];

/** Makes calls, and makes them again: every call of this API may be repeated. */
export class Transport {
  readonly #base: string;
  readonly #sign: Sign;
  readonly #fetch: (request: Request) => Promise<Response>;
  readonly #tries: number;

  constructor({ address, sign, fetch: given, tries = 5 }: TransportOptions) {
    this.#base = String(address).replace(/\/*$/, '/');
    this.#sign = sign ?? ((request) => request);
    // Browsers refuse a `fetch` that is called as another object's method.
    this.#fetch = given ?? ((request) => fetch(request));
    this.#tries = tries;
  }

  /**
   * @returns the answer, its body not yet read
   * @throws QuireProblem where the API refuses
   * @throws UnexpectedAnswer where something else answers
   */
  async call(call: Call): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= this.#tries;
      const response = await this.#once(call).catch((error: unknown) => {
        if (isLast || call.signal?.aborted) throw error;
        return undefined;
      });
      if (response?.ok) return response;
      if (response !== undefined && (isLast || !AGAIN.includes(response.status))) throw await refusalOf(response);
      await response?.body?.cancel();
      await pause(waitOf(response, attempt), call.signal);
    }
  }

  /** Calls an address that carries its own credentials, such as a presigned link. */
  async plain(url: string, init: RequestInit): Promise<Response> {
    return this.#fetch(new Request(url, init));
  }

  /** Where a call goes. */
  addressOf(path: string): string {
    return this.#base + path;
  }

  async #once({ method, path, headers, body, signal }: Call): Promise<Response> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const request = new Request(this.addressOf(path), {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : JSON_BODY), ...headers },
      ...(body === undefined
        ? {}
        : { body: isRaw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    signal?.throwIfAborted();
    const signed = await this.#sign(request);
    // A signer may make a request of its own, which does not know the signal.
    return this.#fetch(signal && signed !== request ? new Request(signed, { signal }) : signed);
  }
}

const JSON_BODY = { 'content-type': 'application/json' };

async function refusalOf(response: Response): Promise<QuireProblem | UnexpectedAnswer> {
  const text = await response.text();
  try {
    const problem = JSON.parse(text);
    if (typeof problem.code === 'string') return new QuireProblem(problem, response.status);
  } catch {
    // Not of the API: told as it is.
  }
  return new UnexpectedAnswer(response.url, response.status, text);
}

function waitOf(response: Response | undefined, attempt: number): number {
  const asked = retryAfterMs(response);
  // Whole and a random part: callers that were slowed down together do not come again together.
  const own = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
  return Math.max(own, asked ?? 0);
}

/** How long an answer asks to be waited for, in milliseconds; `undefined` where it does not. */
export function retryAfterMs(response: Response | undefined): number | undefined {
  const header = response?.headers.get('retry-after');
  const seconds = header ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** @throws the signal's reason as soon as it is given */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
