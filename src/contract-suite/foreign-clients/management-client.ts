import { ManagementClient, ManagementError } from "auth0";

import { sdk } from "../behaviour.ts";
import { equal, member, RECOVERY_CODE } from "../expectation.ts";
import { addManagement, type ManagementApplication, userIdOf } from "../management-rehearsal.ts";
import { GRANT, mfaToken, PHONE } from "../rehearsal.ts";
import type { Stage } from "../stage.ts";
import type { Need } from "../target.ts";

const NEEDS: readonly Need[] = ["newPerson", "switches", "https"];
const RECOVERY = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";

function createClient({ target, issuer }: Stage, application: ManagementApplication): ManagementClient {
  return new ManagementClient({
    domain: new URL(issuer).host,
    clientId: application.client_id,
    clientSecret: application.client_secret,
    fetch: (input, init) => target.fetch(new Request(input, init)),
    // It would wait and try again where the tenant says no; here every no is the answer.
    maxRetries: 0,
  });
}

async function refusal(request: PromiseLike<unknown>): Promise<ManagementError> {
  const reason: unknown = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(reason instanceof ManagementError)) throw new Error("a ManagementError was expected");
  return reason;
}

/** What the ManagementClient of the `auth0` package makes of the tenant. */
export const MANAGEMENT_CLIENT = [
  sdk("ManagementClient gets its token and a new recovery code, which works at once", NEEDS, async (t) => {
    const login = await t.person({ phone: PHONE, recoveryCode: RECOVERY });
    const client = createClient(t, await addManagement(t, ["update:users"]));
    const { recovery_code = "" } = await client.users.regenerateRecoveryCode(await userIdOf(t, login));
    equal(recovery_code, RECOVERY_CODE, "recovery_code");
    const prove = async (code: string) => {
      const mfa_token = await mfaToken(t, login);
      return (await t.token({ grant_type: GRANT.recoveryCode, mfa_token, recovery_code: code })).status;
    };
    equal([await prove(RECOVERY), await prove(recovery_code)], [403, 200], "the old code and the new one");
  }),
  sdk("ManagementClient tells a missing scope by its error: 403 insufficient_scope", NEEDS, async (t) => {
    const client = createClient(t, await addManagement(t, ["read:users"]));
    const { statusCode, body } = await refusal(client.users.regenerateRecoveryCode("auth0|somebody"));
    equal([statusCode, member(body, "errorCode")], [403, "insufficient_scope"], "the error");
  }),
  sdk("ManagementClient tells a user that is none by its error: 404 inexistent_user", NEEDS, async (t) => {
    const client = createClient(t, await addManagement(t, ["update:users"]));
    const { statusCode, body } = await refusal(client.users.regenerateRecoveryCode("auth0|nobody"));
    equal([statusCode, member(body, "errorCode")], [404, "inexistent_user"], "the error");
  }),
  sdk("ManagementClient tells too many calls by its error: 429 too_many_requests", NEEDS, async (t) => {
    const client = createClient(t, await addManagement(t, ["update:users"]));
    await t.change({ limits: { management: { burst: 1, refillSeconds: 3600 } } });
    await refusal(client.users.regenerateRecoveryCode("auth0|nobody"));
    const { statusCode, body } = await refusal(client.users.regenerateRecoveryCode("auth0|nobody"));
    equal([statusCode, member(body, "errorCode")], [429, "too_many_requests"], "the error");
  }),
  sdk("ManagementClient tells a wrong secret by its error: 401 invalid_client", NEEDS, async (t) => {
    const client = createClient(t, { ...(await addManagement(t, ["update:users"])), client_secret: "wrong" });
    const { statusCode, body } = await refusal(client.users.regenerateRecoveryCode("auth0|somebody"));
    equal([statusCode, member(body, "error")], [401, "invalid_client"], "the error");
  }),
] as const;
