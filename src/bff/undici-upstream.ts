import { type Dispatcher, Pool } from "undici";
import { failureOf, MAX_ANSWER_BYTES, type Upstream, type UpstreamAnswer, type UpstreamFailure } from "./upstream.ts";

/** Two seconds: a tenant that cannot be connected to in that time is down, and the person is told while they still wait. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Enough for a few hundred calls a second at Auth0's usual latency, few enough not to look like an attack. */
const CONNECTIONS = 32;
/** Neither of the library's own timers: the one here is for the whole answer. */
const OWN_TIMER = { headersTimeout: 0, bodyTimeout: 0 };

/**
 * Creates an upstream over one keep-alive pool. undici's `dispatch` and not its `request` or `fetch`: their streams, signals and
 * Fetch objects cost more than the call itself.
 */
export function createUndiciUpstream(origin: string): Upstream & { close(): Promise<void> } {
  const pool = new Pool(origin, { connections: CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } });
  const send: Upstream = ({ method, path, headers, body, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const handler = new WholeAnswer({ timeoutMs, resolve, reject });
      pool.dispatch({ method, path, headers, body: body ?? null, ...OWN_TIMER }, handler);
    });
  return Object.assign(send, { close: () => pool.close() });
}

/** Gathers one answer, or tells why there is none. */
class WholeAnswer implements Dispatcher.DispatchHandler {
  readonly #settle: {
    resolve: (answer: UpstreamAnswer) => void;
    reject: (failure: UpstreamFailure) => void;
  };
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #late: Error | null = null;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor({
    timeoutMs,
    ...settle
  }: {
    timeoutMs: number;
    resolve: (answer: UpstreamAnswer) => void;
    reject: (failure: UpstreamFailure) => void;
  }) {
    this.#settle = settle;
    this.#timer = setTimeout(() => this.#giveUp(), timeoutMs);
    this.#timer.unref();
  }

  #giveUp(): void {
    this.#late = new Error("No whole answer in time.");
    this.#controller?.abort(this.#late);
    this.#settle.reject(failureOf(this.#late));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection until nobody waited for it.
    if (this.#late) controller.abort(this.#late);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    const plain: Record<string, string> = {};
    for (const name of Object.keys(headers)) {
      const value = headers[name];
      if (value !== undefined) plain[name] = typeof value === "string" ? value : value.join(", ");
    }
    this.#status = status;
    this.#headers = plain;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > MAX_ANSWER_BYTES) controller.abort(new Error("The answer is too long."));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const [first, ...more] = this.#chunks;
    const bytes = first && more.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#settle.resolve({ status: this.#status, headers: this.#headers, text: bytes.toString("utf8") });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#settle.reject(failureOf(error));
  }
}
