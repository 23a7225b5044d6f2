import { drawId } from "./random.ts";
import type { SsoSession, Tenant } from "./tenant.ts";
import type { Step, Visit } from "./visit.ts";

/** The browser's session with the tenant. Cookies do not know ports, so the name must not be one of the application's. */
const SESSION_COOKIE = "tenant_session";

/** Finds the session of the browser that asks, if it has one that is not over. */
export function readSession(tenant: Tenant, request: Request): SsoSession | null {
  const cookies = (request.headers.get("cookie") ?? "").split(/; */);
  const mine = cookies.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  return mine === undefined ? null : (tenant.sessions.get(mine.slice(SESSION_COOKIE.length + 1)) ?? null);
}

/** Starts a session under a new id and gives the cookie for it. */
export function startSession(tenant: Tenant, subject: string): { session: SsoSession; cookie: string } {
  const authAt = tenant.now();
  const expiresAt = authAt + tenant.settings.seconds.session * 1000;
  const id = tenant.minted.keep("session", tenant.minted.markOf(subject) + drawId(tenant.random));
  const session: SsoSession = { id, subject, authAt, expiresAt, mfaPassed: false };
  tenant.sessions.put(session.id, session);
  return { session, cookie: sessionCookie(tenant, session.id) };
}

/** Ends the session of the browser that asks and gives the cookie that forgets it. */
export function endSession(tenant: Tenant, request: Request): string {
  const session = readSession(tenant, request);
  if (session !== null) tenant.sessions.delete(session.id);
  return `${sessionCookie(tenant, "")}; Max-Age=0`;
}

/** Gives the address of a visit's page. */
export function stepPath(visit: Visit, step: Exclude<Step, "done">): string {
  return `/u/${step}?state=${visit.id}`;
}

/** Sends the person back to the application with a code. */
export function finishVisit(tenant: Tenant, visit: Visit, headers: Readonly<Record<string, string>> = {}): Response {
  const { request, session } = visit;
  if (session === null) throw new Error("a visit that is done has a session");
  if (visit.mfaPassed) session.mfaPassed = true;
  const { clientId, redirectUri, codeChallenge, audience, scope, nonce, state } = request;
  const expiresAt = tenant.now() + tenant.settings.seconds.authorizationCode * 1000;
  const { subject, authAt } = session;
  const code = tenant.minted.keep("authorization_code", tenant.minted.markOf(subject) + drawId(tenant.random));
  const mfa = visit.mfaPassed;
  tenant.codes.put(code, {
    clientId,
    redirectUri,
    codeChallenge,
    subject,
    audience,
    scope,
    nonce,
    authAt,
    mfa,
    expiresAt,
  });
  tenant.ledger.write({ type: "signIn", person: subject });
  return redirectBack(redirectUri, { code, ...(state === null ? {} : { state }) }, headers);
}

/** Sends the person back to the application with an error. */
export function redirectError(
  { redirectUri, state }: { redirectUri: string; state: string | null },
  error: string,
  description: string,
): Response {
  return redirectBack(redirectUri, { error, error_description: description, ...(state === null ? {} : { state }) }, {});
}

function redirectBack(
  redirectUri: string,
  parameters: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Response {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value);
  // 303 rather than 302: it comes after a form, and the application must be asked with GET.
  return new Response(null, {
    status: 303,
    headers: { location: location.href, "cache-control": "no-store", ...headers },
  });
}

function sessionCookie(tenant: Tenant, value: string): string {
  const secure = tenant.issuer.startsWith("https:") ? "; Secure" : "";
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
