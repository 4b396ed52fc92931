/** A request as a client of AWS sends it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Of protocols that name it in a header: `DynamoDB_20120810.GetItem`. */
  readonly target: string | undefined;
  /** The body of those protocols. */
  readonly json: { readonly [name: string]: unknown };
}

type Answers = (call: Call, nth: number) => Response | Promise<Response>;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * The settings of a client of AWS whose requests, built and signed as always, are kept here instead of being sent. The
 * answers are read by the client as from the service.
 */
export function wired(answers: Answers) {
  const calls: Call[] = [];
  const requestHandler = {
    async handle(sent: Sent, { abortSignal }: { readonly abortSignal?: AbortSignal } = {}) {
      abortSignal?.throwIfAborted();
      const call = callOf(sent);
      calls.push(call);
      const response = await Promise.race([answers(call, calls.length), aborted(abortSignal)]);
      const headers = Object.fromEntries(response.headers);
      return { response: { statusCode: response.status, headers, body: response.body ?? new Response('').body } };
    },
  };
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  return { calls, config: { region: 'eu-west-1', credentials, maxAttempts: 1, requestHandler } };
}

/** Rejects when the client gives up, as a connection that is closed. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function callOf({ method, path, query = {}, headers, body }: Sent): Call {
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const target = named['x-amz-target'];
  const json = target === undefined ? {} : JSON.parse(textOf(body));
  return { method, path, query, headers: named, body, target, json };
}

export function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? '');
}

/** An answer of DynamoDB, SQS, EventBridge or Secrets Manager. */
export function jsonAnswer(body: object = {}): Response {
  return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/x-amz-json-1.0' } });
}

/** The same services' answer where something is wrong; `more` is what an error of that kind tells besides. */
export function jsonError(type: string, more: object = {}): Response {
  const body = JSON.stringify({ __type: `com.amazonaws#${type}`, message: 'told', ...more });
  return new Response(body, { status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' } });
}

/** S3's answer where something is wrong. */
export function xmlError(status: number, code: string): Response {
  return new Response(`<Error><Code>${code}</Code><Message>told</Message></Error>`, { status });
}
