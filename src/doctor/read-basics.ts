import * as z from "zod/mini";
import { CALLBACK_PATH } from "../contract/routes.ts";
import type { Doors } from "./doors.ts";
import { fetchAccess } from "./management-calls.ts";
import type { Ours } from "./ours.ts";
import { codeOf, wordsOf } from "./refusal.ts";
import { type Seen, seen, unseen } from "./seen.ts";
import { send } from "./send.ts";
import type { Discovery, TenantView } from "./tenant-view.ts";

const discoverySchema = z.object({ issuer: z.string(), token_endpoint: z.string() });

/** Reads the tenant's discovery document (OpenID Connect Discovery 1.0 section 4). */
export async function readDiscovery(doors: Doors, { tenant }: Ours): Promise<Seen<Discovery>> {
  doors.progress(`reading ${tenant.issuer}.well-known/openid-configuration`);
  const url = `${tenant.issuer}.well-known/openid-configuration`;
  const answer = await send(doors, { method: "GET", url, isReading: true });
  if (answer.is === "lost") return unseen(answer.why);
  if (answer.status >= 300 && answer.status < 400)
    return unseen(`the host leads elsewhere (status ${answer.status}), which a tenant does not do.`);
  if (answer.status !== 200) return unseen(`the host answered with ${wordsOf(answer)}.`);
  const parsed = discoverySchema.safeParse(answer.body);
  return parsed.success ? seen(parsed.data) : unseen("the host answers, and not as an Auth0 tenant does.");
}

/**
 * Asks whether the tenant takes the server's client id and secret, by exchanging a code that nobody was given: the secret is
 * looked at before the code, so that the refusal tells. It changes nothing; the tenant's log shows one failed exchange.
 */
export async function readSecret(doors: Doors, ours: Ours): Promise<TenantView["secret"]> {
  const { issuer, clientId, clientSecret } = ours.tenant;
  doors.progress("asking whether the tenant takes the server's client secret");
  const answer = await send(doors, {
    method: "POST",
    url: `${issuer}oauth/token`,
    form: {
      grant_type: "authorization_code",
      client_id: clientId,
      client_secret: clientSecret,
      code: "mfa-enroll-doctor-asks-for-the-secret-alone",
      redirect_uri: `${ours.publicUrl ?? "https://unknown.invalid"}${ours.basePath}${CALLBACK_PATH}`,
      // As long as PKCE wants it (RFC 7636 section 4.1).
      code_verifier: "mfa-enroll-doctor-asks-for-the-client-secret-alone",
    },
    isReading: true,
  });
  if (answer.is === "lost") return unseen(answer.why);
  if (answer.status === 401) return seen({ refused: wordsOf(answer) });
  // Past the secret: the grant or the code was refused, as it must be.
  if (["invalid_grant", "unauthorized_client"].includes(codeOf(answer.body) ?? "")) return seen("taken");
  return unseen(`the tenant answered with ${wordsOf(answer)}.`);
}

/** Asks whether the application for recovery codes gets a token with its one scope; null where none is set. */
export async function readRecoveryAccess(doors: Doors, ours: Ours): Promise<TenantView["recoveryAccess"]> {
  if (ours.recovery === null) return null;
  doors.progress("asking whether the credential for recovery codes is taken");
  const access = await fetchAccess(doors, { issuer: ours.tenant.issuer, ...ours.recovery, scope: "update:users" });
  return access.is === "seen" ? seen("granted") : access;
}
