import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Milliseconds, of a clock that never goes back. */
  readonly at: number;
}

export interface Scripted {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A server that answers as it is told, one answer after another; `'cut'` hangs up instead. */
export class ScriptedServer {
  readonly calls: Received[] = [];
  answers: (Scripted | 'cut')[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = '', url = '', headers } = request;
      this.calls.push({ method, path: url, headers, body: Buffer.concat(chunks).toString(), at: performance.now() });
      const answer = this.answers.shift() ?? { status: 500, body: 'nothing is left to say' };
      if (answer === 'cut') request.socket.destroy();
      else {
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(text);
      }
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
