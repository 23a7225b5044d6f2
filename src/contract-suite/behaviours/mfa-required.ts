import { documented, recorded, reported, sdk, undocumented } from "../behaviour.ts";
import { answered, equal, hold, member, refused, SEALED, textOf } from "../expectation.ts";
import { associate, ASSOCIATE, challenge, enrollPhone, GRANT, mfaToken, PHONE, rows, signIn } from "../rehearsal.ts";

const DESCRIPTION = "Multifactor authentication required";
const RECOVERY = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";

/** The answer that stops a sign-in until a second factor is proven. */
export const MFA_REQUIRED = [
  documented(
    "a sign-in that needs a second factor is 403 mfa_required 'Multifactor authentication required' with an mfa_token",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ policy: "always" });
      const answer = await signIn(t, await t.person());
      equal(answer.status, 403, "the status");
      equal(answer.body, { error: "mfa_required", error_description: DESCRIPTION, mfa_token: SEALED });
    },
  ),
  recorded(
    "an mfa_token is an iron seal: eight parts, Fe26.2 first, the key id SERVER_<seconds>, its end in milliseconds sixth",
    ["mfaToken"],
    async (t) => {
      const parts = (await mfaToken(t, await t.person())).split("*");
      equal([parts.length, parts[0]], [8, "Fe26.2"], "the parts");
      equal(/^SERVER_\d{10}$/.test(parts[1] ?? ""), true, "the key id");
      hold(Math.abs(Number(parts[5]) - Date.now()) < 3_600_000, "the sixth part must be an instant within the hour");
    },
  ),
  recorded("an mfa_token takes about two kilobytes", ["mfaToken"], async (t) => {
    const { length } = await mfaToken(t, await t.person());
    hold(length > 1500 && length < 3000, `an mfa_token of ${length} characters`);
  }),
  reported(
    "where an Action imposes it, mfa_required may come without an mfa_token",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ policy: "always", mfaTokenMissing: true });
      const answer = await signIn(t, await t.person());
      equal(answer.status, 403, "the status");
      equal(answer.body, { error: "mfa_required", error_description: DESCRIPTION });
    },
  ),
  documented(
    "customizable MFA tells somebody unenrolled what to enroll, by type",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ policy: "always", customizableMfa: true });
      const { body } = await signIn(t, await t.person());
      equal(member(body, "mfa_requirements"), {
        enroll: [{ type: "otp" }, { type: "phone" }, { type: "push-notification" }],
      });
    },
  ),
  documented(
    "customizable MFA tells an enrolled person what a challenge may go to, the recovery code included",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ policy: "always", customizableMfa: true });
      const { body } = await signIn(t, await t.person({ phone: PHONE, recoveryCode: RECOVERY }));
      equal(member(body, "mfa_requirements"), { challenge: [{ type: "phone" }, { type: "recovery-code" }] });
    },
  ),
  documented(
    "the MFA audience asks a person with a phone for it, even where the policy asks nobody",
    ["newPerson"],
    async (t) => {
      const login = await t.person({ phone: PHONE });
      equal((await signIn(t, login)).status, 200, "the status without the audience");
      refused(await signIn(t, login, { audience: t.mfaAudience, scope: "enroll" }), 403, "mfa_required", DESCRIPTION);
    },
  ),
  documented("the MFA audience asks nothing of a person who has only a verified address", ["newPerson"], async (t) => {
    const login = await t.person({ emailVerified: true });
    equal((await signIn(t, login, { audience: t.mfaAudience, scope: "enroll" })).status, 200, "the status");
  }),
  sdk(
    "an mfa_token serves several requests: it lists, enrolls and lists again",
    ["mfaToken", "unenrolled", "traces"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const before = (await rows(t, token)).length;
      for (let count = 0; count < 2; count += 1) {
        equal((await associate(t, token, ASSOCIATE.otp)).status, 200, "the status of an enrollment");
      }
      hold((await rows(t, token)).length >= before + 2, "the enrollments must be listed");
    },
  ),
  reported(
    "an mfa_token used by another application is 400 invalid_request 'mfa_token not issued to this client'",
    ["newPerson", "switches"],
    async (t) => {
      await t.addClient({ id: "another" });
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const words = "mfa_token not issued to this client";
      const form = { grant_type: GRANT.otp, client_id: "another", mfa_token: token, otp: "000000" };
      refused(await t.send("POST /oauth/token", { form }), 400, "invalid_request", words);
      const json = { client_id: "another", mfa_token: token, challenge_type: "oob" };
      refused(await t.send("POST /mfa/challenge", { json }), 400, "invalid_request", words);
    },
  ),
  sdk(
    "a passed MFA grant may ask once more: 403 mfa_required with a new mfa_token",
    ["newPerson", "codes", "switches"],
    async (t) => {
      await t.change({ chainedMfa: true });
      const { token, passed } = await enrollPhone(t, await t.person());
      refused(passed, 403, "mfa_required", DESCRIPTION);
      equal(textOf(passed.body, "mfa_token"), SEALED, "mfa_token");
      hold(textOf(passed.body, "mfa_token") !== token, "the mfa_token must be a new one");
    },
  ),
  undocumented("an mfa_token still lists after a verification", ["codes"], async (t) => {
    const { token } = await enrollPhone(t, await t.person());
    equal((await t.send("GET /mfa/authenticators", { bearer: token })).status, 200, "the status");
  }),
  undocumented("by a switch, an mfa_token is refused after a verification", ["codes"], async (t) => {
    await t.change({ usedMfaToken: "refused" });
    const { token } = await enrollPhone(t, await t.person());
    refused(await challenge(t, token, {}), 401, "invalid_grant");
  }),
] as const;

/** How the refresh and code grants answer. */
export const OTHER_GRANTS = [
  documented("the refresh grant answers a new access token", ["newPerson"], async (t) => {
    const { body } = await signIn(t, await t.person(), { scope: "openid offline_access" });
    const answer = await t.token({ grant_type: "refresh_token", refresh_token: textOf(body, "refresh_token") });
    equal(answer.status, 200, "the status");
    hold(textOf(answer.body, "access_token") !== textOf(body, "access_token"), "the access token must be a new one");
  }),
  sdk("an unknown refresh token is 403 invalid_grant 'Unknown or invalid refresh token.'", ["client"], async (t) => {
    const answer = await t.token({ grant_type: "refresh_token", refresh_token: "v1.unknown" });
    refused(answer, 403, "invalid_grant", "Unknown or invalid refresh token.");
  }),
  sdk(
    "the refresh token of somebody deleted is 403 invalid_grant and says that they do not exist anymore",
    ["newPerson"],
    async (t) => {
      const login = await t.person();
      const { body } = await signIn(t, login, { scope: "offline_access" });
      await t.remove(login);
      const answer = await t.token({ grant_type: "refresh_token", refresh_token: textOf(body, "refresh_token") });
      const words = "The refresh_token was generated for a user who doesn't exist anymore.";
      refused(answer, 403, "invalid_grant", words);
    },
  ),
  documented(
    "the refresh grant under the policy 'always' is 403 mfa_required with an mfa_token",
    ["newPerson", "switches"],
    async (t) => {
      const { body } = await signIn(t, await t.person(), { scope: "offline_access" });
      await t.change({ policy: "always" });
      const answer = await t.token({ grant_type: "refresh_token", refresh_token: textOf(body, "refresh_token") });
      refused(answer, 403, "mfa_required", DESCRIPTION);
      equal(textOf(answer.body, "mfa_token"), SEALED, "mfa_token");
    },
  ),
  reported("an unknown authorization code is 403 invalid_grant 'Invalid authorization code'", ["client"], async (t) => {
    const form = { grant_type: "authorization_code", code: "unknown", redirect_uri: "https://app.example/callback" };
    refused(await t.token(form), 403, "invalid_grant", "Invalid authorization code");
  }),
  documented(
    "normal answers of the token endpoint carry x-ratelimit-limit, -remaining and -reset, the last in epoch seconds",
    ["client"],
    async (t) => {
      const { headers } = await t.token({ grant_type: "refresh_token", refresh_token: "v1.unknown" });
      for (const name of ["limit", "remaining", "reset"]) {
        equal(/^\d+$/.test(headers.get(`x-ratelimit-${name}`) ?? ""), true, `x-ratelimit-${name}`);
      }
      const off = Math.abs(Number(headers.get("x-ratelimit-reset")) - Date.now() / 1000);
      hold(off < 86_400, "x-ratelimit-reset must be an instant in epoch seconds near now");
    },
  ),
  documented(
    "too many requests are 429 too_many_requests, its words naming the three headers, and no Retry-After",
    ["newPerson", "switches"],
    async (t) => {
      const login = await t.person();
      await t.change({ limits: { api: { burst: 1, refillSeconds: 600 } } });
      await signIn(t, login);
      const answer = await signIn(t, login);
      const words =
        "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.";
      refused(answer, 429, "too_many_requests", words);
      equal(answer.headers.get("x-ratelimit-remaining"), "0", "x-ratelimit-remaining");
      equal(answer.headers.get("retry-after"), null, "Retry-After");
    },
  ),
  undocumented("by a switch, 429 carries Retry-After in seconds", [], async (t) => {
    const login = await t.person();
    await t.change({ retryAfter: true, limits: { api: { burst: 1, refillSeconds: 600 } } });
    await signIn(t, login);
    equal(/^\d+$/.test((await signIn(t, login)).headers.get("retry-after") ?? ""), true, "Retry-After");
  }),
  documented(
    "where the scope is what was asked for, the answer may leave it out",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ omitScope: true });
      const answer = await signIn(t, await t.person(), { audience: t.mfaAudience, scope: "enroll" });
      answered(answer, { access_token: textOf(answer.body, "access_token"), expires_in: 600, token_type: "Bearer" });
    },
  ),
] as const;
