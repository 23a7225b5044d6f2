import { failureOf, MAX_ANSWER_BYTES, type Upstream } from "./upstream.ts";

/**
 * Creates an upstream over a Fetch function, for a tenant in the same process or a runtime without sockets. Slower than
 * the pool, the same promises.
 */
export function createFetchUpstream(origin: string, fetch: (request: Request) => Promise<Response>): Upstream {
  return async ({ method, path, headers, body, timeoutMs }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const init: RequestInit = { method, headers, signal, redirect: "manual" };
      if (body !== undefined) init.body = body;
      // A function in this process may not listen to the signal.
      const answer = await orAborted(signal, fetch(new Request(new URL(path, origin), init)));
      const text = await orAborted(signal, readBounded(answer));
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text };
    } catch (error) {
      throw failureOf(error);
    }
  };
}

async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error("No whole answer in time."));
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}

async function readBounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > MAX_ANSWER_BYTES) {
      await reader?.cancel();
      throw new Error("The answer is too long.");
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
