import { failureOf, MAX_ANSWER_BYTES, type Upstream } from "./upstream.ts";

/**
 * Creates an upstream over a Fetch function, for a tenant in the same process or a runtime without sockets. Slower than
 * the pool, the same promises.
 */
export function createFetchUpstream(origin: string, fetch: (request: Request) => Promise<Response>): Upstream {
  return async ({ method, path, headers, body, timeoutMs }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const init: RequestInit = { method, headers, signal, redirect: "manual" };
      if (body !== undefined) init.body = body;
      const answer = await fetch(new Request(new URL(path, origin), init));
      const text = await answer.text();
      if (text.length > MAX_ANSWER_BYTES) throw new Error("The answer is too long.");
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text };
    } catch (error) {
      throw failureOf(error);
    }
  };
}
