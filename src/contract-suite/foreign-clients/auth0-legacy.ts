import { AuthApiError, AuthenticationClient } from "auth0/legacy";

import { sdk } from "../behaviour.ts";
import { equal, hold, SEALED, textOf } from "../expectation.ts";
import type { Stage } from "../stage.ts";
import type { Need } from "../target.ts";

const NEEDS: readonly Need[] = ["newPerson", "https"];

function createClient({ target, issuer, client }: Stage): AuthenticationClient {
  return new AuthenticationClient({
    domain: new URL(issuer).host,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    fetch: (input, init) => target.fetch(new Request(input, init)),
    // It would wait and try again where the tenant says no; here every no is the answer.
    retry: { enabled: false },
  });
}

async function refusal(request: Promise<unknown>): Promise<AuthApiError> {
  const reason: unknown = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(reason instanceof AuthApiError)) throw new Error("an AuthApiError was expected");
  return reason;
}

/** Without `openid`: it reads the keys for ID tokens by a way of its own, past the `fetch` that is given. */
const SCOPE = "profile offline_access";

/** What the AuthenticationClient of the `auth0` package makes of the tenant. */
export const AUTH0_LEGACY = [
  sdk("auth0/legacy signs in by password", NEEDS, async (t) => {
    const { data, status } = await createClient(t).oauth.passwordGrant({ ...(await t.person()), scope: SCOPE });
    equal([status, data.expires_in, data.token_type], [200, 86_400, "Bearer"], "the tokens");
    hold(data.access_token !== "", "there must be an access token");
  }),
  sdk("auth0/legacy signs in by password-realm", NEEDS, async (t) => {
    const realm = t.target.realm ?? "Username-Password-Authentication";
    const { status } = await createClient(t).oauth.passwordGrant({ ...(await t.person()), realm });
    equal(status, 200, "the status");
  }),
  sdk(
    "auth0/legacy tells mfa_required by AuthApiError: 403, the mfa_token in its raw body",
    [...NEEDS, "switches"],
    async (t) => {
      await t.change({ policy: "always" });
      const reason = await refusal(createClient(t).oauth.passwordGrant(await t.person()));
      equal([reason.statusCode, reason.error], [403, "mfa_required"], "the error");
      equal(reason.error_description, "Multifactor authentication required", "error_description");
      equal(textOf(JSON.parse(reason.body), "mfa_token"), SEALED, "mfa_token");
    },
  ),
  sdk("auth0/legacy tells a wrong password by AuthApiError: 403 invalid_grant", NEEDS, async (t) => {
    const wrong = { ...(await t.person()), password: "wrong" };
    const { statusCode, error, error_description } = await refusal(createClient(t).oauth.passwordGrant(wrong));
    equal([statusCode, error, error_description], [403, "invalid_grant", "Wrong email or password."], "the error");
  }),
  sdk("auth0/legacy refreshes and revokes", NEEDS, async (t) => {
    const { oauth } = createClient(t);
    const { data } = await oauth.passwordGrant({ ...(await t.person()), scope: SCOPE });
    const next = (await oauth.refreshTokenGrant({ refresh_token: data.refresh_token ?? "" })).data.refresh_token ?? "";
    await oauth.revokeRefreshToken({ token: next });
    equal((await refusal(oauth.refreshTokenGrant({ refresh_token: next }))).statusCode, 403, "the status");
  }),
] as const;
