import type * as oidc from "openid-client";
import { type Upstream, UpstreamFailure } from "./upstream.ts";

/** The tenant's part of a sign-in is two short calls; a person waits for them on an empty page. */
const CALL_TIMEOUT_MS = 8_000;

/** Tells whether the tenant could not be reached or was not itself, as far as the library lets it be seen. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof UpstreamFailure || error.cause instanceof UpstreamFailure) return true;
  const status = error.cause instanceof Response ? error.cause.status : "status" in error ? error.status : null;
  return typeof status === "number" && (status >= 500 || status === 429);
}

/** Lets openid-client speak over our pool, with its limits. It sends forms alone. */
export function fetchOver(upstream: Upstream, issuer: string): oidc.CustomFetch {
  return async (url, options) => {
    const target = new URL(url);
    // The discovery document names the endpoints; none of them may lead to another host.
    if (target.origin !== new URL(issuer).origin) throw new UpstreamFailure("not_sent");
    const body = options.body;
    const answer = await upstream({
      method: options.method === "POST" ? "POST" : "GET",
      path: target.pathname + target.search,
      headers: options.headers,
      ...(body instanceof URLSearchParams || typeof body === "string" ? { body: body.toString() } : {}),
      timeoutMs: CALL_TIMEOUT_MS,
    });
    const { "content-encoding": _, "content-length": __, ...headers } = answer.headers;
    return new Response([204, 304].includes(answer.status) ? null : answer.text, { status: answer.status, headers });
  };
}
