import * as z from "zod/mini";
import type { Clock } from "./clock.ts";
import type { Told } from "./tenant.ts";
import { retryAtOf, type TenantRefusal } from "./tenant-refusal.ts";
import { type Upstream, type UpstreamAnswer, UpstreamFailure, type UpstreamRequest } from "./upstream.ts";

/*
 * Asks the tenant's Management API for a new recovery code: the only thing here that is done with a credential stronger
 * than the person's own. So it stands alone, knows one call, asks for one scope, and takes nothing but a subject; whoever
 * calls it must take that from the signed-in session and from nowhere else. It knows no session and no browser.
 */

/** Who asks, and where. */
export type ManagementOptions = {
  upstream: Upstream;
  /** With a trailing slash. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The name of the API, which keeps the tenant's own domain where `issuer` is a custom one; `ISSUER/api/v2/` by default. */
  audience?: string;
  clock: Pick<Clock, "now">;
};

/** The one thing that is done with the Management API. It resolves; it never throws. */
export type Management = {
  /**
   * Gives a person a new recovery code, and the old one is dead at once. `not_sent` proves that it still works; after
   * `unclear` nobody knows, and asking once more is safe: the newest code is the one that counts.
   */
  regenerateRecoveryCode(subject: string): Promise<Told<string>>;
};

/** The only scope that is asked for, whatever else the application may have been granted. */
const SCOPE = "update:users";
/** A token is not used in its last minute: that is longer than the call it is for may take. */
const RENEW_BEFORE_MS = 60_000;
/** A day, as Auth0 gives; no token is believed to live longer. */
const LONGEST_LIFE_MS = 86_400_000;
/** Eight seconds: a lost token loses nothing and can be asked for again. */
const TOKEN_TIMEOUT_MS = 8_000;
/** Thirty: the answer holds the only copy of the new code there is. */
const CHANGE_TIMEOUT_MS = 30_000;
/** What to wait when the tenant says "too many" without saying until when. */
const DEFAULT_WAIT_MS = 60_000;

/** A bearer token is b68 text (RFC 6750 section 2.1); anything else could break out of its header. */
const tokenSchema = z.object({
  access_token: z.string().check(z.regex(/^[\w.~+/-]+=*$/)),
  token_type: z.string().check(z.regex(/^bearer$/i)),
  expires_in: z.number().check(z.positive()),
});
/** Upper-case letters and digits, 24 of them. A cut code must never be shown as a real one. */
const codeSchema = z.object({ recovery_code: z.string().check(z.regex(/^[A-Z0-9]{24}$/)) });
/** A person's id names its connection before a bar. An application's does not, nor do path segments such as "..". */
const PERSON = /^[^|\p{Surrogate}]+\|[^\p{Surrogate}]+$/u;

/** Creates the speaker to the Management API. The token is held in memory alone, and shared by calls that need one at once. */
export function createManagement(options: ManagementOptions): Management {
  const { upstream, issuer, clientId, clientSecret, audience = `${issuer}api/v2/`, clock } = options;
  let held: { value: string; until: number } | null = null;
  let arriving: Promise<Told<string>> | null = null;

  async function send(request: UpstreamRequest): Promise<UpstreamAnswer | "not_sent" | "unclear"> {
    try {
      return await upstream(request);
    } catch (error) {
      return error instanceof UpstreamFailure ? error.outcome : "unclear";
    }
  }

  async function fetchToken(): Promise<Told<string>> {
    const answer = await send({
      method: "POST",
      path: "/oauth/token",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        audience,
        scope: SCOPE,
      }).toString(),
      timeoutMs: TOKEN_TIMEOUT_MS,
    });
    // However this call was lost, the code was not touched: the call that would have done it was never made.
    if (typeof answer === "string" || answer.status >= 500) return { is: "not_sent" };
    if (answer.status === 429) return { is: "refused", why: tooMany(answer, clock.now()) };
    // Every other "no" concerns the application: its secret, its grant, its scope.
    if (!isSuccess(answer)) return { is: "refused", why: { is: "misconfigured" } };
    const parsed = tokenSchema.safeParse(parseJson(answer.text));
    if (!parsed.success) return { is: "not_sent" };
    const { access_token: value, expires_in } = parsed.data;
    const life = Math.min(expires_in * 1000, LONGEST_LIFE_MS);
    held = { value, until: clock.now() + life - RENEW_BEFORE_MS };
    return { is: "done", value };
  }

  async function token(): Promise<Told<string>> {
    if (held !== null && clock.now() < held.until) return { is: "done", value: held.value };
    arriving ??= fetchToken().finally(() => {
      arriving = null;
    });
    return arriving;
  }

  /** Asks once; null where the tenant does not take the token, which proves that nothing was done. */
  async function regenerate(subject: string, bearer: string): Promise<Told<string> | null> {
    const answer = await send({
      method: "POST",
      path: `/api/v2/users/${encodeURIComponent(subject)}/recovery-code-regeneration`,
      headers: { "content-type": "application/json", accept: "application/json", authorization: `Bearer ${bearer}` },
      body: "{}",
      timeoutMs: CHANGE_TIMEOUT_MS,
    });
    if (typeof answer === "string") return { is: answer };
    if (answer.status === 401) return null;
    if (answer.status >= 500) return { is: "unclear" };
    if (!isSuccess(answer)) return { is: "refused", why: refusalOf(answer, clock.now()) };
    const parsed = codeSchema.safeParse(parseJson(answer.text));
    return parsed.success ? { is: "done", value: parsed.data.recovery_code } : { is: "unclear" };
  }

  return {
    async regenerateRecoveryCode(subject) {
      if (!PERSON.test(subject)) return { is: "refused", why: { is: "not_found" } };
      // Twice at most: a held token may have been taken back, or the tenant's keys changed, since it was given.
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const bearer = await token();
        if (bearer.is !== "done") return bearer;
        const told = await regenerate(subject, bearer.value);
        if (told !== null) return told;
        if (held?.value === bearer.value) held = null;
      }
      return { is: "refused", why: { is: "misconfigured" } };
    },
  };
}

function isSuccess({ status }: UpstreamAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Reads a refusal by its status, which the Management API keeps to. */
function refusalOf(answer: UpstreamAnswer, now: number): TenantRefusal {
  if (answer.status === 429) return tooMany(answer, now);
  if (answer.status === 403) return { is: "misconfigured" };
  return { is: answer.status === 404 ? "not_found" : "unknown" };
}

function tooMany({ headers }: UpstreamAnswer, now: number): TenantRefusal {
  return { is: "rate_limited", retryAt: retryAtOf(headers, now, DEFAULT_WAIT_MS) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
