import { Hono } from "hono";

import { AUTHENTICATION_METHODS } from "./authentication-methods.ts";
import { CLIENT_GRANTS } from "./client-grants.ts";
import { GUARDIAN_FACTORS } from "./guardian-factors.ts";
import { GUARDIAN_PHONE } from "./guardian-phone.ts";
import { GUARDIAN_POLICIES } from "./guardian-policies.ts";
import { rateLimitHeaders } from "./limits.ts";
import type { ManagementCall } from "./management-call.ts";
import { MANAGEMENT_CLIENTS } from "./management-clients.ts";
import { MANAGEMENT_CONNECTIONS } from "./management-connections.ts";
import { invalidBody, ManagementRefusal } from "./management-refusal.ts";
import { MESSAGE_PROVIDERS } from "./message-providers.ts";
import { regenerateRecoveryCode } from "./regenerate-recovery-code.ts";
import { isParameters, type Parameters } from "./request-body.ts";
import { secondsUntil } from "./sending.ts";
import { TENANT_SETTINGS } from "./tenant-settings.ts";
import type { Tenant } from "./tenant.ts";

/** Every call there is; whatever is not listed here is 404. */
const CALLS: readonly ManagementCall[] = [
  ...GUARDIAN_FACTORS,
  ...GUARDIAN_PHONE,
  ...GUARDIAN_POLICIES,
  ...MESSAGE_PROVIDERS,
  ...MANAGEMENT_CLIENTS,
  ...MANAGEMENT_CONNECTIONS,
  ...CLIENT_GRANTS,
  ...TENANT_SETTINGS,
  ...AUTHENTICATION_METHODS,
  regenerateRecoveryCode,
];

/** Creates the Management API, to be mounted under `/api/v2`: one limit, one check of tokens and scopes, one form of refusal. */
export function managementApi(tenant: Tenant): Hono {
  const api = new Hono();
  for (const call of CALLS) {
    api.on(call.method, call.path, (context) => answerCall(tenant, context.req.raw, call, context.req.param()));
  }
  api.all("*", () => {
    return Response.json(new ManagementRefusal(404, null, "Not Found").body(), { status: 404 });
  });
  return api;
}

async function answerCall(
  tenant: Tenant,
  request: Request,
  call: ManagementCall,
  params: Readonly<Record<string, string>>,
): Promise<Response> {
  const reading = tenant.limits.take("management", tenant.settings.limits.management);
  const headers = new Headers({ "cache-control": "no-store", ...rateLimitHeaders(reading) });
  headers.set("content-type", "application/json; charset=utf-8");
  try {
    if (!reading.ok) {
      if (tenant.settings.retryAfter) headers.set("retry-after", String(secondsUntil(tenant, reading)));
      throw new ManagementRefusal(429, "too_many_requests", "Global limit has been reached");
    }
    await assertScope(tenant, request, call.scopes);
    const query = new URL(request.url).searchParams;
    refuseQuery(query, call.query ?? []);
    const { status, body } = call.answer(tenant, { params, query, ...(await readBody(request, call)) });
    if (body !== undefined) return new Response(JSON.stringify(body), { status, headers });
    headers.delete("content-type");
    return new Response(null, { status, headers });
  } catch (reason) {
    if (!(reason instanceof ManagementRefusal)) throw reason;
    return new Response(JSON.stringify(reason.body()), { status: reason.status, headers });
  }
}

/** Refuses a request without a live token of this tenant for the Management API that carries one of the scopes. */
async function assertScope(tenant: Tenant, request: Request, scopes: readonly string[]): Promise<void> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) throw new ManagementRefusal(401, null, "Missing authentication");
  const access = await tenant.tokens.judge(token, tenant.managementAudience);
  if (access === "invalid") throw new ManagementRefusal(401, null, "Invalid token");
  if (access === "expired") {
    throw new ManagementRefusal(401, null, "Expired token received for JSON Web Token validation");
  }
  if (!scopes.some((scope) => access.scope.includes(scope))) {
    const message = `Insufficient scope, expected any of: ${scopes.join(", ")}`;
    throw new ManagementRefusal(403, "insufficient_scope", message);
  }
}

function refuseQuery(query: URLSearchParams, known: readonly string[]): void {
  const extra = [...query.keys()].find((name) => !known.includes(name));
  if (extra === undefined) return;
  const message = `Query validation error: 'Additional properties not allowed: ${extra}'.`;
  throw new ManagementRefusal(400, "invalid_query_string", message);
}

async function readBody(
  request: Request,
  { takesList = false }: ManagementCall,
): Promise<{ body: Parameters; list: readonly unknown[] }> {
  const text = await request.text();
  // A list that was forgotten must not pass for an empty one, which would switch a policy off.
  if (text === "" && !takesList) return { body: {}, list: [] };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ManagementRefusal(400, null, "Invalid request payload JSON format");
  }
  if (takesList && Array.isArray(body)) return { body: {}, list: body };
  if (!takesList && isParameters(body)) return { body, list: [] };
  throw invalidBody(
    `Expected type ${takesList ? "array" : "object"} but found type ${Array.isArray(body) ? "array" : typeof body}`,
  );
}
