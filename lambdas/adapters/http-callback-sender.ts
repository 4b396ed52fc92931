import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import type { CallbackPolicy } from '../contract.ts';
import type { CallbackAnswer, CallbackPost, CallbackSender } from '../domain/callback.ts';
import { callbackUrlFault } from '../domain/callback-url.ts';
import { isPublicAddress } from './public-address.ts';

const TIMEOUT_MILLISECONDS = 15_000;
/** What a receiver answers is of no interest; this much is read so that it can finish its sentence. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const resolveAll = promisify(systemLookup);
const systemResolve: Resolve = (host) => resolveAll(host, { all: true, verbatim: true });

/**
 * Posts callbacks. The name is resolved once, every address it has must be allowed, and the connection goes to an
 * address that was checked: a name that leads elsewhere a moment later leads nowhere. Redirects are not followed.
 */
export class HttpCallbackSender implements CallbackSender {
  readonly #policy: CallbackPolicy;
  readonly #resolve: Resolve;
  readonly #timeout: number;

  /** @param timeout milliseconds for the whole exchange */
  constructor(policy: CallbackPolicy, resolve: Resolve = systemResolve, timeout: number = TIMEOUT_MILLISECONDS) {
    this.#policy = policy;
    this.#resolve = resolve;
    this.#timeout = timeout;
  }

  async post(callback: CallbackPost): Promise<CallbackAnswer> {
    const fault = callbackUrlFault(callback.url, this.#policy);
    if (fault !== undefined) return { kind: 'refused', detail: `The address ${fault}.` };
    const signal = AbortSignal.timeout(this.#timeout);
    try {
      const address = await this.#addressOf(new URL(callback.url), signal);
      if (address === undefined)
        return { kind: 'refused', detail: 'The address leads into a network that is not public.' };
      return await exchange(callback, address, signal);
    } catch (cause) {
      return { kind: 'unreachable', detail: signal.aborted ? 'The receiver did not answer in time.' : codeOf(cause) };
    }
  }

  /** One address to connect to, if all that the name has are allowed. */
  async #addressOf({ hostname }: URL, signal: AbortSignal): Promise<LookupAddress | undefined> {
    const host = hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const addresses = family === 0 ? await until(signal, this.#resolve(host)) : [{ address: host, family }];
    const allowed = this.#policy === 'anywhere' || addresses.every(({ address }) => isPublicAddress(address));
    return allowed ? addresses[0] : undefined;
  }
}

function exchange(callback: CallbackPost, address: LookupAddress, signal: AbortSignal): Promise<CallbackAnswer> {
  const request = callback.url.startsWith('https:') ? httpsRequest : httpRequest;
  const options = {
    method: 'POST',
    headers: headersOf(callback),
    lookup: always(address),
    agent: false,
    signal,
  } as const;
  return new Promise((resolve, reject) => {
    const sent = request(callback.url, options, (response) => {
      drain(response)
        .then(() => resolve(answerOf(response)))
        .catch(reject);
    });
    sent.once('error', reject);
    sent.end(callback.body);
  });
}

function headersOf({ headers, body }: CallbackPost): Record<string, string> {
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'quire-callbacks/1',
    ...headers,
  };
}

/** A system's resolver cannot be stopped, only left behind. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

/** Answers for every name with the one address that was checked. */
function always(address: LookupAddress): LookupFunction {
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [address]);
    else callback(null, address.address, address.family);
  };
}

async function drain(response: IncomingMessage): Promise<void> {
  let read = 0;
  for await (const chunk of response) {
    read += (chunk as Buffer).length;
    if (read > MAX_ANSWER_BYTES) return;
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): CallbackAnswer {
  const seconds = Number(headers['retry-after']);
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? { retryAfter: seconds } : {};
  return { kind: 'answered', status: statusCode, ...retryAfter };
}

/** The code of a system or TLS error, such as `ECONNREFUSED`; its message may name addresses. */
function codeOf(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
  return `The receiver could not be reached (${code}).`;
}
