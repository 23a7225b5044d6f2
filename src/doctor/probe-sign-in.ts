import * as z from "zod/mini";
import { CALLBACK_PATH } from "../contract/routes.ts";
import { clean } from "./clean.ts";
import type { Doors } from "./doors.ts";
import { type Finding, notSeen, ok } from "./finding.ts";
import type { Ours } from "./ours.ts";
import { codeOf, wordsOf } from "./refusal.ts";
import { send } from "./send.ts";

/** What the test person may do the rest with: a token of the MFA API, or the `mfa_token` of a sign-in that is not finished. */
export type Credential = { kind: "mfaApi" | "mfaToken"; value: string };

/** The scopes that the server asks for. */
const SCOPE = "openid enroll read:authenticators remove:authenticators";
const REALM_GRANT = "http://auth0.com/oauth/grant-type/password-realm";

const tokenSchema = z.object({ access_token: z.string().check(z.regex(/^[\w.~+/-]+=*$/)) });
const requiredSchema = z.object({ mfa_token: z.string().check(z.regex(/^[\x21-\x7e]+$/)) });

/** Signs the test person in by password, as the server does: for the MFA API. */
export async function signInByPassword(
  doors: Doors,
  { tenant }: Ours,
  { username, password }: { username: string; password: string },
): Promise<{ finding: Finding; credential: Credential | null }> {
  const title = "Sign-in by password";
  doors.progress("signing the test person in by password");
  const answer = await send(doors, {
    method: "POST",
    url: `${tenant.issuer}oauth/token`,
    form: {
      ...(tenant.realm === null ? { grant_type: "password" } : { grant_type: REALM_GRANT, realm: tenant.realm }),
      client_id: tenant.clientId,
      client_secret: tenant.clientSecret,
      username,
      password,
      audience: tenant.mfaAudience,
      scope: SCOPE,
    },
    // A wrong password counts against the person.
    isReading: false,
  });
  const failed = (saw: string, here: string) => {
    const why = "What fails here fails for everybody who signs in by password.";
    return {
      finding: { id: "probe-sign-in", level: "fail" as const, title, saw, why, mend: { here } },
      credential: null,
    };
  };
  if (answer.is === "lost") return { finding: notSeen("probe-sign-in", title, answer.why), credential: null };
  const token = tokenSchema.safeParse(answer.body).data?.access_token;
  if (answer.status === 200 && token !== undefined) {
    const saw = "gave a token of the MFA API at once; no second method was asked for";
    return { finding: ok("probe-sign-in", title, saw), credential: { kind: "mfaApi", value: token } };
  }
  if (codeOf(answer.body) !== "mfa_required") {
    return failed(
      `The tenant said ${wordsOf(answer)}.`,
      "Mend what stands above, or check the test person's name and password.",
    );
  }
  const mfaToken = requiredSchema.safeParse(answer.body).data?.mfa_token;
  if (mfaToken === undefined) {
    return failed(
      "The tenant said mfa_required and gave no mfa_token, as it does where an Action asks for MFA.",
      "Use the policy instead of Actions, or the redirect way in.",
    );
  }
  const saw = "answered mfa_required with an mfa_token, which begins an enrollment";
  return { finding: ok("probe-sign-in", title, saw), credential: { kind: "mfaToken", value: mfaToken } };
}

/** Looks whether the tenant's own page opens for a sign-in as the server begins it. What comes after it needs a browser. */
export async function checkSignInPage(doors: Doors, ours: Ours): Promise<Finding> {
  const title = "Sign-in on the tenant's page";
  doors.progress("asking for the tenant's sign-in page");
  const url = new URL("authorize", ours.tenant.issuer);
  url.search = new URLSearchParams({
    client_id: ours.tenant.clientId,
    redirect_uri: `${ours.publicUrl ?? ""}${ours.basePath}${CALLBACK_PATH}`,
    response_type: "code",
    scope: SCOPE,
    audience: ours.tenant.mfaAudience,
    state: "mfa-enroll-doctor",
    nonce: "mfa-enroll-doctor",
    // Any text of this form: the verifier to it is never needed (RFC 7636 section 4.2).
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  }).toString();
  const answer = await send(doors, { method: "GET", url: url.href, isReading: true });
  if (answer.is === "lost") return notSeen("probe-sign-in-page", title, answer.why);
  const target = answer.location === null ? null : new URL(answer.location, ours.tenant.issuer);
  const error = target?.searchParams.get("error_description") ?? target?.searchParams.get("error") ?? null;
  if (target !== null && error === null && target.origin === new URL(ours.tenant.issuer).origin)
    return ok("probe-sign-in-page", title, "it opens for this application, callback and MFA API");
  return {
    id: "probe-sign-in-page",
    level: "fail",
    title,
    saw: error === null ? `It does not open: status ${answer.status}.` : `It sends people back with "${clean(error)}".`,
    why: "What fails here fails for everybody who signs in there.",
    mend: { here: "Mend what stands above: the application, its callback, and the name of the MFA API." },
  };
}
