import type { MessageChannel } from "../contract/channel.ts";
import type { Clock } from "./clock.ts";
import type { Credential } from "./session-record.ts";
import type { TenantSettings } from "./settings.ts";
import { readAssociated, readChallenged, readList, readTokens } from "./tenant-answer.ts";
import { refusalOf, type TenantCall, type TenantRefusal } from "./tenant-refusal.ts";
import { type Upstream, type UpstreamAnswer, UpstreamFailure, type UpstreamRequest } from "./upstream.ts";

/*
 * Speaks to the tenant: one function for each call, every answer parsed here, so that no word of Auth0's goes further
 * into the program. It knows no session, no browser, and not whether the tenant is real.
 */

/**
 * Says how a call ended. `unclear`: it may or may not have been done (a lost, cut or senseless answer, a 5xx), and only
 * reading can tell; `not_sent`: the tenant never saw it.
 */
export type Told<T> =
  | { is: "done"; value: T }
  | { is: "refused"; why: TenantRefusal }
  | { is: "unclear" }
  | { is: "not_sent" };

/** The scopes of the MFA API, and who the person is; nothing else is asked for. */
export const MFA_SCOPE = "openid profile email enroll read:authenticators remove:authenticators";

/**
 * Thirty seconds: the page is told "unclear" long before, but an answer that comes this late still holds the only
 * `oob_code` and recovery code there are.
 */
const CHANGE_TIMEOUT_MS = 30_000;
/** Eight: what takes longer than the page waits is of no use where the outcome can be read, or asked for again. */
const READ_TIMEOUT_MS = 8_000;

const OOB_CHANNEL = { sms: "sms", voice: "voice", email: "email", push: "auth0" } as const;

/** The calls the BFF makes. Each resolves; none throws. */
export type Tenant = ReturnType<typeof createTenant>;

/** Creates the speaker for one tenant. */
export function createTenant(options: { upstream: Upstream; settings: TenantSettings; clock: Pick<Clock, "now"> }) {
  const { upstream, settings, clock } = options;
  const client = { client_id: settings.clientId, client_secret: settings.clientSecret };

  async function ask<T>(
    call: TenantCall,
    request: UpstreamRequest,
    read: (answer: UpstreamAnswer) => T | null,
  ): Promise<Told<T>> {
    let answer: UpstreamAnswer;
    try {
      answer = await upstream(request);
    } catch (error) {
      return { is: error instanceof UpstreamFailure ? error.outcome : "unclear" };
    }
    if (answer.status >= 200 && answer.status < 300) {
      const value = read(answer);
      return value === null ? { is: "unclear" } : { is: "done", value };
    }
    const why = refusalOf(answer, call, clock.now());
    // A 5xx whose words say nothing may come from a proxy in front of a tenant that did the work.
    return answer.status >= 500 && why.is === "unknown" ? { is: "unclear" } : { is: "refused", why };
  }

  function grant(
    call: TenantCall,
    fields: Record<string, string>,
    { headers = {}, timeoutMs = CHANGE_TIMEOUT_MS }: { headers?: Record<string, string>; timeoutMs?: number } = {},
  ) {
    const request: UpstreamRequest = {
      method: "POST",
      path: "/oauth/token",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json", ...headers },
      body: new URLSearchParams({ ...client, ...fields }).toString(),
      timeoutMs,
    };
    return ask(call, request, (answer) => readTokens(answer.text, clock.now()));
  }

  const postJson = (path: string, body: unknown, bearer?: string): UpstreamRequest => ({
    method: "POST",
    path,
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(body),
    timeoutMs: CHANGE_TIMEOUT_MS,
  });

  return {
    /** Signs in by password, asking for the MFA audience (RFC 6749 section 4.3; discouraged by RFC 9700 section 2.4). */
    password(asked: { username: string; password: string; address: string | null }) {
      const realm = settings.realm;
      return grant(
        "password",
        {
          grant_type: realm === null ? "password" : "http://auth0.com/oauth/grant-type/password-realm",
          ...(realm === null ? {} : { realm }),
          username: asked.username,
          password: asked.password,
          audience: settings.mfaAudience,
          scope: MFA_SCOPE,
        },
        {
          // Auth0 counts bad passwords by address; without this header all people would share the BFF's.
          headers: asked.address === null ? {} : { "auth0-forwarded-for": asked.address },
          timeoutMs: READ_TIMEOUT_MS,
        },
      );
    },

    /** Asks for an enrollment by message. Each call makes an entry of its own at the tenant, and sends a message. */
    associate(asked: { credential: Credential; channel: MessageChannel; contact: string }) {
      const { channel, contact } = asked;
      const body = {
        authenticator_types: ["oob"],
        oob_channels: [OOB_CHANNEL[channel]],
        ...(channel === "email" ? { email: contact } : { phone_number: contact }),
      };
      return ask("associate", postJson("/mfa/associate", body, asked.credential.value), ({ text }) =>
        readAssociated(text),
      );
    },

    /** Asks for a code at an existing authenticator. Takes the opaque `mfa_token` only: Auth0 refuses a JWT here. */
    challenge(asked: { mfaToken: string; authenticatorId: string; type: "oob" | "otp" }) {
      const body = {
        ...client,
        mfa_token: asked.mfaToken,
        challenge_type: asked.type,
        authenticator_id: asked.authenticatorId,
      };
      return ask("challenge", postJson("/mfa/challenge", body), ({ text }) => readChallenged(text));
    },

    /**
     * Hands in a code: confirms an enrollment or passes a challenge. `mfa_token` takes the opaque token, and the JWT of
     * the MFA audience for an enrollment that was started with it.
     */
    exchange(
      asked: { mfaToken: string } & (
        | { with: "oob"; oobCode: string; bindingCode: string | null }
        | { with: "otp"; otp: string }
        | { with: "recovery_code"; recoveryCode: string }
      ),
    ) {
      const fields: Record<string, string> = { mfa_token: asked.mfaToken };
      if (asked.with === "oob") {
        fields["oob_code"] = asked.oobCode;
        if (asked.bindingCode !== null) fields["binding_code"] = asked.bindingCode;
      } else if (asked.with === "otp") fields["otp"] = asked.otp;
      else fields["recovery_code"] = asked.recoveryCode;
      const name = { oob: "mfa-oob", otp: "mfa-otp", recovery_code: "mfa-recovery-code" }[asked.with];
      return grant(asked.with, { grant_type: `http://auth0.com/oauth/grant-type/${name}`, ...fields });
    },

    /** Lists all entries, unconfirmed ones too. */
    list(credential: Credential) {
      const request: UpstreamRequest = {
        method: "GET",
        path: "/mfa/authenticators",
        headers: { accept: "application/json", authorization: `Bearer ${credential.value}` },
        timeoutMs: READ_TIMEOUT_MS,
      };
      return ask("list", request, ({ text }) => readList(text));
    },

    /**
     * Removes an entry and what goes with it. Takes the JWT only. Whoever calls reads the list, which tells the outcome; any success
     * but the bare 204 that is documented may be another's than the tenant's.
     */
    remove(asked: { credential: Credential; authenticatorId: string }) {
      const request: UpstreamRequest = {
        method: "DELETE",
        path: `/mfa/authenticators/${encodeURIComponent(asked.authenticatorId)}`,
        headers: { accept: "application/json", authorization: `Bearer ${asked.credential.value}` },
        timeoutMs: READ_TIMEOUT_MS,
      };
      return ask("remove", request, ({ status }) => (status === 204 ? true : null));
    },
  };
}
