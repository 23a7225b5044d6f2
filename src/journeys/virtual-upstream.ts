import type { Clock } from "../bff/clock.ts";
import { failureOf, type Upstream, UpstreamFailure } from "../bff/upstream.ts";
import { TENANT } from "./stack.ts";

/**
 * Creates the way to a tenant in this process whose time limits are measured by the test's clock, so that an answer that
 * comes too late does so in virtual time. As over a socket, the tenant goes on with what nobody waits for any more.
 */
export function createVirtualUpstream(fetch: (request: Request) => Promise<Response>, clock: Clock): Upstream {
  return async ({ method, path, headers, body, timeoutMs }) => {
    const answered = async () => {
      const init: RequestInit = { method, headers, redirect: "manual" };
      if (body !== undefined) init.body = body;
      const answer = await fetch(new Request(new URL(path, TENANT), init));
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    };
    const waiting = new AbortController();
    const late = clock.wait(timeoutMs, waiting.signal).then(() => null);
    try {
      const answer = await Promise.race([answered(), late]);
      if (answer === null) throw new UpstreamFailure("unclear");
      return answer;
    } catch (error) {
      throw error instanceof UpstreamFailure ? error : failureOf(error);
    } finally {
      waiting.abort();
    }
  };
}
