import { rateLimitHeaders } from "./limits.ts";
import { Refusal } from "./refusal.ts";
import { tooManyRequests } from "./sending.ts";
import type { Tenant } from "./tenant.ts";

/** What a JSON endpoint says; without a body the answer is empty. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** A JSON endpoint: it answers, or throws a `Refusal`. */
export type Endpoint = (tenant: Tenant, request: Request) => Promise<Answer>;

/**
 * Runs a JSON endpoint behind the tenant's rate limit and writes its answer. Content types are as recorded:
 * plain for the token endpoint, with a charset for `/mfa/*`.
 */
export async function answerJson(tenant: Tenant, request: Request, endpoint: Endpoint): Promise<Response> {
  const { pathname } = new URL(request.url);
  const isMfa = pathname.startsWith("/mfa/");
  const reading = tenant.limits.take(`api ${isMfa ? "/mfa" : pathname}`, tenant.settings.limits.api);
  const headers = new Headers({ "cache-control": "no-store", pragma: "no-cache", ...rateLimitHeaders(reading) });
  headers.set("content-type", isMfa ? "application/json; charset=utf-8" : "application/json");
  try {
    if (!reading.ok) throw tooManyRequests(tenant, reading);
    const { status, body } = await endpoint(tenant, request);
    if (body !== undefined) return new Response(JSON.stringify(body), { status, headers });
    headers.delete("content-type");
    return new Response(null, { status, headers });
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    const { status, error, description, extras } = reason;
    for (const [name, value] of Object.entries(extras.headers ?? {})) headers.set(name, value);
    if (status === 429 && tenant.settings.retryAfter)
      headers.set("retry-after", String(extras.retryAfterSeconds ?? 60));
    return new Response(JSON.stringify({ error, error_description: description, ...extras.members }), {
      status,
      headers,
    });
  }
}
