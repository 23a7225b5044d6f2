import { Pool } from "undici";
import { failureOf, MAX_ANSWER_BYTES, type Upstream } from "./upstream.ts";

/** Two seconds: a tenant that cannot be connected to in that time is down, and the person is told while they still wait. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Enough for a few hundred calls a second at Auth0's usual latency, few enough not to look like an attack. */
const CONNECTIONS = 32;

/**
 * Creates an upstream over one keep-alive pool. undici's pool and not `fetch`: building Fetch objects costs several times
 * the call itself.
 */
export function createUndiciUpstream(origin: string): Upstream & { close(): Promise<void> } {
  const pool = new Pool(origin, { connections: CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } });
  const send: Upstream = async ({ method, path, headers, body, timeoutMs }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await pool.request({
        method,
        path,
        headers,
        body: body ?? null,
        signal,
        headersTimeout: timeoutMs,
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of answer.body) {
        if (!Buffer.isBuffer(chunk)) continue;
        size += chunk.length;
        if (size > MAX_ANSWER_BYTES) throw new Error("The answer is too long.");
        chunks.push(chunk);
      }
      const plain: Record<string, string> = {};
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(", ") : value;
      }
      return { status: answer.statusCode, headers: plain, text: Buffer.concat(chunks).toString("utf8") };
    } catch (error) {
      throw failureOf(error);
    }
  };
  return Object.assign(send, { close: () => pool.close() });
}
