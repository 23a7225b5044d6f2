import type { Report } from "./report.ts";
import { type Upstream, UpstreamFailure, type UpstreamRequest } from "./upstream.ts";

/** What each call is called in the metrics. A path holds ids, and is never a label. */
const OPERATIONS: readonly [method: UpstreamRequest["method"], path: RegExp, operation: string][] = [
  ["POST", /^\/oauth\/token$/, "token"],
  ["POST", /^\/mfa\/associate$/, "associate"],
  ["POST", /^\/mfa\/challenge$/, "challenge"],
  ["GET", /^\/mfa\/authenticators$/, "list"],
  ["DELETE", /^\/mfa\/authenticators\//, "remove"],
  ["POST", /^\/api\/v2\/users\//, "renew"],
  ["GET", /^\/\.well-known\//, "discovery"],
];

/** Returns the upstream with every call measured. `now` counts ms. */
export function watchedUpstream(
  upstream: Upstream,
  { report, now = () => performance.now() }: { report: Report; now?: () => number },
): Upstream {
  return async (request) => {
    const begunAt = now();
    let outcome: string = "unclear";
    try {
      const answer = await upstream(request);
      outcome = `${Math.floor(answer.status / 100)}xx`;
      return answer;
    } catch (error) {
      if (error instanceof UpstreamFailure) outcome = error.outcome;
      throw error;
    } finally {
      report({ measure: "tenant_call", operation: operationOf(request), outcome, durationMs: now() - begunAt });
    }
  };
}

function operationOf({ method, path }: UpstreamRequest): string {
  return OPERATIONS.find(([known, shape]) => known === method && shape.test(path))?.[2] ?? "other";
}
