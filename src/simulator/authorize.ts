import type { Client } from "./clients.ts";
import { DATABASE } from "./connections.ts";
import { renderPage } from "./page.ts";
import { finishVisit, readSession, redirectError, stepPath } from "./sign-in.ts";
import type { Shelf } from "./shelf.ts";
import type { SsoSession, Tenant } from "./tenant.ts";
import { grantedScope, readAudience } from "./token-answer.ts";
import { type AuthorizeRequest, nextStep, startVisit, type Visit } from "./visit.ts";

/**
 * Answers `GET /authorize`. An unknown application or redirect address gets a page of its own; every other mistake goes
 * back to the application. Sends nothing to the person: that takes a form they submit.
 */
export function authorize(tenant: Tenant, visits: Shelf<Visit>, request: Request): Response {
  const query = new URL(request.url).searchParams;
  const client = tenant.clients.find(({ id }) => id === query.get("client_id"));
  const redirectUri = query.get("redirect_uri") ?? "";
  // To the letter: a prefix or another port would hand the code to somebody else (RFC 9700 section 2.1).
  if (client === undefined || !client.callbacks.includes(redirectUri)) {
    const reason =
      client === undefined
        ? "The application is not known here."
        : "The redirect address is not on the list of this application.";
    return renderPage({ title: "This sign-in link is wrong", sentences: [reason] }, 400);
  }
  const state = query.get("state");
  const problem = findProblem(tenant, client, query);
  if (problem !== undefined) return redirectError({ redirectUri, state }, problem[0], problem[1]);

  const prompt = query.get("prompt");
  const session = prompt === "login" ? null : freshEnough(tenant, readSession(tenant, request), query.get("max_age"));
  const visit = startVisit(tenant, readRequest(tenant, client, query), session);
  const step = nextStep(tenant, visit);
  if (prompt === "none" && step !== "done") {
    const description = step === "login" ? "Login required" : "Multifactor authentication required";
    return redirectError({ redirectUri, state }, "login_required", description);
  }
  if (step === "done") return finishVisit(tenant, visit);
  visits.put(visit.id, visit);
  return new Response(null, { status: 302, headers: { location: stepPath(visit, step), "cache-control": "no-store" } });
}

function findProblem(tenant: Tenant, client: Client, query: URLSearchParams): readonly [string, string] | undefined {
  if (query.get("response_type") !== "code")
    return ["unsupported_response_type", "Only the code response type is supported"];
  if (!["query", null].includes(query.get("response_mode")))
    return ["invalid_request", "Only the query response mode is supported"];
  if (!client.grantTypes.includes("authorization_code")) {
    return ["unauthorized_client", "Grant type 'authorization_code' not allowed for the client."];
  }
  if (!client.connections.includes(DATABASE.name)) return ["invalid_request", "no connections enabled for the client"];
  const challenge = query.get("code_challenge");
  if (challenge === null && tenant.settings.requirePkce)
    return ["invalid_request", "Missing required parameter: code_challenge"];
  // 43 characters: base64url of 32 bytes, which is all that S256 can give (RFC 7636 section 4.2).
  if (challenge !== null && (query.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(challenge))) {
    return ["invalid_request", "Only the S256 code challenge method is supported"];
  }
  const maxAge = query.get("max_age");
  if (maxAge !== null && !/^\d{1,9}$/.test(maxAge)) return ["invalid_request", "max_age must be a number of seconds"];
  const prompt = query.get("prompt");
  if (prompt !== null && !["none", "login", "consent"].includes(prompt))
    return ["invalid_request", "Unsupported prompt"];
  return undefined;
}

function readRequest(tenant: Tenant, client: Client, query: URLSearchParams): AuthorizeRequest {
  const audience = readAudience(tenant, query.get("audience") ?? undefined);
  return {
    clientId: client.id,
    redirectUri: query.get("redirect_uri") ?? "",
    state: query.get("state"),
    scope: grantedScope(tenant, audience, query.get("scope") ?? ""),
    audience,
    nonce: query.get("nonce"),
    codeChallenge: query.get("code_challenge"),
    loginHint: query.get("login_hint") ?? "",
  };
}

function freshEnough(tenant: Tenant, session: SsoSession | null, maxAge: string | null): SsoSession | null {
  if (session === null || maxAge === null) return session;
  // `max_age=0` asks for the password whatever the age (OpenID Connect Core section 3.1.2.1).
  return Number(maxAge) > 0 && tenant.now() - session.authAt <= Number(maxAge) * 1000 ? session : null;
}
