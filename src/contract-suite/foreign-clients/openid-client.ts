import * as oidc from "openid-client";

import { documented } from "../behaviour.ts";
import { equal, hold, SEALED, SOME_TEXT, textOf } from "../expectation.ts";
import { associate, ASSOCIATE, GRANT, PHONE } from "../rehearsal.ts";
import type { Stage } from "../stage.ts";
import type { Login } from "../target.ts";

async function discover({ target, issuer, client }: Stage): Promise<oidc.Configuration> {
  const customFetch = (url: string, init: object) => target.fetch(new Request(url, init));
  // A tenant on this machine has no certificate; a public one is never spoken to in the clear.
  const execute = issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : [];
  const options = { execute, [oidc.customFetch]: customFetch };
  return oidc.discovery(new URL(issuer), client.client_id, client.client_secret, undefined, options);
}

/** Runs a request that must be refused and gives the client's own error. */
async function refusal(request: Promise<unknown>): Promise<oidc.ResponseBodyError> {
  const reason: unknown = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(reason instanceof oidc.ResponseBodyError)) throw new Error("a ResponseBodyError was expected");
  return reason;
}

function password(config: oidc.Configuration, { username, password }: Login, scope = "openid profile") {
  return oidc.genericGrantRequest(config, "password", { username, password, scope });
}

/** What `openid-client` makes of the tenant. */
export const OPENID_CLIENT = [
  documented("openid-client discovers the tenant: issuer, token endpoint and keys", ["client"], async (t) => {
    const { issuer, token_endpoint, jwks_uri } = (await discover(t)).serverMetadata();
    const expected = { issuer: t.issuer, token_endpoint: `${t.issuer}oauth/token`, jwks_uri: SOME_TEXT };
    equal({ issuer, token_endpoint, jwks_uri }, expected, "the metadata");
  }),
  documented("openid-client signs in by password and checks the id_token", ["newPerson"], async (t) => {
    const tokens = await password(await discover(t), await t.person());
    equal([tokens.token_type, tokens.expires_in], ["bearer", 86_400], "the tokens");
    equal(tokens.claims()?.iss, t.issuer, "iss");
  }),
  documented(
    "openid-client tells mfa_required by ResponseBodyError: status 403, the mfa_token among its cause",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ policy: "always" });
      const { status, error, error_description, cause } = await refusal(password(await discover(t), await t.person()));
      equal(
        [status, error, error_description],
        [403, "mfa_required", "Multifactor authentication required"],
        "the error",
      );
      equal(cause["mfa_token"], SEALED, "mfa_token");
    },
  ),
  documented(
    "openid-client confirms an enrollment by generic grant, after one wrong code",
    ["newPerson", "codes", "switches"],
    async (t) => {
      await t.change({ policy: "always" });
      const config = await discover(t);
      const { cause } = await refusal(password(config, await t.person()));
      const mfa_token = textOf(cause, "mfa_token");
      const { body } = await associate(t, mfa_token, ASSOCIATE.sms);
      const oob_code = textOf(body, "oob_code");
      const code = await t.readCode(PHONE);
      const type = (binding_code: string) => {
        return oidc.genericGrantRequest(config, GRANT.oob, { mfa_token, oob_code, binding_code });
      };
      const wrong = await refusal(type(code === "000000" ? "111111" : "000000"));
      equal([wrong.status, wrong.error_description], [403, "Invalid binding_code."], "the error");
      hold((await type(code)).access_token !== "", "there must be an access token");
    },
  ),
  documented(
    "openid-client refreshes, and is told 403 invalid_grant for a token nobody knows",
    ["newPerson"],
    async (t) => {
      const config = await discover(t);
      const { refresh_token = "" } = await password(config, await t.person(), "openid offline_access");
      hold((await oidc.refreshTokenGrant(config, refresh_token)).access_token !== "", "there must be an access token");
      const { status, error } = await refusal(oidc.refreshTokenGrant(config, "v1.unknown"));
      equal([status, error], [403, "invalid_grant"], "the error");
    },
  ),
] as const;
