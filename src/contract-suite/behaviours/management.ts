import { documented, reported, undocumented } from "../behaviour.ts";
import { answered, equal, JWT, RECOVERY_CODE, refused, SOME_TEXT, textOf } from "../expectation.ts";
import { addManagement, askManagement, regenerate, userIdOf } from "../management-rehearsal.ts";
import { claimsOf, GRANT, mfaToken, PHONE } from "../rehearsal.ts";
import type { Stage } from "../stage.ts";
import type { Need } from "../target.ts";

const NEEDS: readonly Need[] = ["newPerson", "switches"];
const RECOVERY = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";

/** Lets an application in with these scopes and gives its token. */
async function managementToken(t: Stage, scopes: readonly string[]): Promise<string> {
  return textOf((await askManagement(t, await addManagement(t, scopes))).body, "access_token");
}

/** What an application gets in its own name. */
export const CLIENT_CREDENTIALS = [
  documented(
    "client_credentials for the Management API: 200 with a JWT of a day, the application its subject",
    NEEDS,
    async (t) => {
      const answer = await askManagement(t, await addManagement(t, ["update:users"]));
      answered(answer, { access_token: JWT, scope: "update:users", expires_in: 86_400, token_type: "Bearer" });
      const { sub, aud, azp, gty } = claimsOf(textOf(answer.body, "access_token"));
      equal(
        { sub, aud, azp, gty },
        { sub: "management@clients", aud: `${t.issuer}api/v2/`, azp: "management", gty: "client-credentials" },
        "the claims",
      );
    },
  ),
  reported("client_credentials with scope is narrowed to it, and refused 403 for one not granted", NEEDS, async (t) => {
    const application = await addManagement(t, ["read:users", "update:users"]);
    const { body } = await askManagement(t, application, { scope: "update:users" });
    equal(textOf(body, "scope"), "update:users", "scope");
    const words = "Client has not been granted scopes: delete:users";
    refused(await askManagement(t, application, { scope: "delete:users" }), 403, "access_denied", words);
  }),
  reported("client_credentials of an application that was never let in is 403 access_denied", NEEDS, async (t) => {
    const answer = await askManagement(t, await addManagement(t, null));
    refused(answer, 403, "access_denied");
  }),
] as const;

/** What a new recovery code takes and leaves behind. */
export const REGENERATION = [
  documented(
    "regeneration: 200 with recovery_code alone; the old code is dead and the new one works",
    NEEDS,
    async (t) => {
      const login = await t.person({ phone: PHONE, recoveryCode: RECOVERY });
      const userId = await userIdOf(t, login);
      const answer = await regenerate(t, { userId, bearer: await managementToken(t, ["update:users"]) });
      answered(answer, { recovery_code: RECOVERY_CODE });
      const prove = async (recovery_code: string) => {
        return t.token({ grant_type: GRANT.recoveryCode, mfa_token: await mfaToken(t, login), recovery_code });
      };
      refused(await prove(RECOVERY), 403, "invalid_grant", "MFA Authorization rejected.");
      equal((await prove(textOf(answer.body, "recovery_code"))).status, 200, "the status");
    },
  ),
  documented("regeneration without update:users is 403 insufficient_scope and names the scope", NEEDS, async (t) => {
    const bearer = await managementToken(t, ["read:users"]);
    const { status, body } = await regenerate(t, { userId: "auth0|somebody", bearer });
    const message = "Insufficient scope, expected any of: update:users";
    const expected = { statusCode: 403, error: "Forbidden", message, errorCode: "insufficient_scope" };
    equal([status, body], [403, expected], "the answer");
  }),
  documented("regeneration with a token that is none is 401 'Invalid token'", NEEDS, async (t) => {
    const { status, body } = await regenerate(t, { userId: "auth0|somebody", bearer: "nonsense" });
    equal([status, body], [401, { statusCode: 401, error: "Unauthorized", message: "Invalid token" }], "the answer");
  }),
  documented("regeneration for nobody is 404 inexistent_user", NEEDS, async (t) => {
    const bearer = await managementToken(t, ["update:users"]);
    const { status, body } = await regenerate(t, { userId: "auth0|nobody", bearer });
    const expected = { statusCode: 404, error: "Not Found", message: SOME_TEXT, errorCode: "inexistent_user" };
    equal([status, body], [404, expected], "the answer");
  }),
  undocumented("regeneration for somebody who never enrolled is 404 enrollment_not_found", [], async (t) => {
    const userId = await userIdOf(t, await t.person());
    const { status, body } = await regenerate(t, { userId, bearer: await managementToken(t, ["update:users"]) });
    const expected = { statusCode: 404, error: "Not Found", message: SOME_TEXT, errorCode: "enrollment_not_found" };
    equal([status, body], [404, expected], "the answer");
  }),
  documented(
    "too many calls of the Management API are 429 too_many_requests with x-ratelimit headers",
    NEEDS,
    async (t) => {
      const bearer = await managementToken(t, ["update:users"]);
      await t.change({ limits: { management: { burst: 1, refillSeconds: 3600 } } });
      await regenerate(t, { userId: "auth0|nobody", bearer });
      const { status, headers, body } = await regenerate(t, { userId: "auth0|nobody", bearer });
      const expected = {
        statusCode: 429,
        error: "Too Many Requests",
        message: SOME_TEXT,
        errorCode: "too_many_requests",
      };
      equal([status, body], [429, expected], "the answer");
      equal([headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")], ["1", "0"], "the limit");
    },
  ),
] as const;
