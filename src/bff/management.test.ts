import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { managementClient } from "../simulator/clients.ts";
import type { FaultRule } from "../simulator/faults.ts";
import { createSimulator } from "../simulator/simulator.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import { createManagement } from "./management.ts";
import { type Upstream, type UpstreamAnswer, UpstreamFailure, type UpstreamRequest } from "./upstream.ts";

const ISSUER = "https://tenant.test/";
const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const KIM = "auth0|kim";
const KIMS_CODE = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";
const SECRET = "mfa-enroll-management-secret";
const REGENERATION = "POST /api/v2/users/:id/recovery-code-regeneration";

/** A tenant that knows the application, the speaker to its Management API, and everything that was sent. */
function createDesk({ scopes = ["update:users"], secret = SECRET }: { scopes?: string[]; secret?: string } = {}) {
  const clock = createManualClock(START);
  const tenant = createSimulator({ issuer: ISSUER, now: clock.now, clients: [managementClient(scopes)] });
  const sent: UpstreamRequest[] = [];
  const toTenant = createFetchUpstream(ISSUER, tenant.fetch);
  const upstream: Upstream = (request) => {
    sent.push(request);
    return toTenant(request);
  };
  const clientId = "mfa-enroll-management";
  const management = createManagement({ upstream, issuer: ISSUER, clientId, clientSecret: secret, clock });
  const liveCode = () => tenant.people.get(KIM)?.recoveryCode?.code;
  return { clock, tenant, sent, management, liveCode, paths: () => sent.map(({ path }) => path) };
}

/** The speaker in front of a tenant that gives these answers, one after the other. */
function createScripted(...answers: (Partial<UpstreamAnswer> | UpstreamFailure)[]) {
  const upstream: Upstream = async () => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error("asked once more than was expected");
    if (answer instanceof UpstreamFailure) throw answer;
    return { status: 200, headers: {}, text: "", ...answer };
  };
  const clock = createManualClock(START);
  const management = createManagement({ upstream, issuer: ISSUER, clientId: "id", clientSecret: "secret", clock });
  return { told: () => management.regenerateRecoveryCode(KIM), left: () => answers.length };
}

const TOKEN = { text: JSON.stringify({ access_token: "a.b-c_d", token_type: "Bearer", expires_in: 86_400 }) };
const code = (recovery_code: unknown) => ({ text: JSON.stringify({ recovery_code }) });

describe("a new recovery code", () => {
  test("is the one that works at the tenant from then on", async () => {
    const { management, liveCode } = createDesk();
    const told = await management.regenerateRecoveryCode(KIM);
    expect(told).toEqual({ is: "done", value: liveCode() });
    expect(liveCode()).not.toBe(KIMS_CODE);
  });

  test("is asked for with one scope, at one path, for one person, the id encoded", async () => {
    const { management, sent } = createDesk({ scopes: ["read:users", "update:users", "delete:users"] });
    await management.regenerateRecoveryCode(KIM);
    const [token, regeneration] = sent;
    expect(sent).toHaveLength(2);
    expect(new URLSearchParams(token?.body).get("scope")).toBe("update:users");
    expect(new URLSearchParams(token?.body).get("audience")).toBe("https://tenant.test/api/v2/");
    expect(regeneration).toMatchObject({
      method: "POST",
      path: "/api/v2/users/auth0%7Ckim/recovery-code-regeneration",
      body: "{}",
    });
  });

  test.each(["", "..", "kim", "mfa-enroll-management@clients", "|kim", "auth0|", "auth0|\ud800"])(
    "is not asked for where %j is no person's id",
    async (subject) => {
      const { management, sent } = createDesk();
      expect(await management.regenerateRecoveryCode(subject)).toEqual({ is: "refused", why: { is: "not_found" } });
      expect(sent).toEqual([]);
    },
  );

  test("cannot be had for a path that an id pretends to be", async () => {
    const { management, sent } = createDesk();
    const told = await management.regenerateRecoveryCode("auth0|x/../../clients?a=b#c");
    expect(told).toEqual({ is: "refused", why: { is: "not_found" } });
    expect(sent.at(-1)?.path).toBe(
      "/api/v2/users/auth0%7Cx%2F..%2F..%2Fclients%3Fa%3Db%23c/recovery-code-regeneration",
    );
  });

  test.each([
    ["one character short", "K7M2P9Q4R8S3T6V5W1X2Y9Z"],
    ["with a line after it", `${KIMS_CODE}\n`],
    ["in small letters", KIMS_CODE.toLowerCase()],
    ["in a list", [KIMS_CODE]],
    ["that is not there", undefined],
  ])("%s is never taken for one", async (_what, given) => {
    expect(await createScripted(TOKEN, code(given)).told()).toEqual({ is: "unclear" });
  });
});

describe("the token", () => {
  test("serves many calls, and calls at once share one", async () => {
    const { management, paths } = createDesk();
    await Promise.all([management.regenerateRecoveryCode(KIM), management.regenerateRecoveryCode(KIM)]);
    await management.regenerateRecoveryCode(KIM);
    expect(paths().filter((path) => path === "/oauth/token")).toHaveLength(1);
    expect(paths()).toHaveLength(4);
  });

  test("is renewed in its last minute, before the tenant would refuse it", async () => {
    const { management, paths, clock } = createDesk();
    await management.regenerateRecoveryCode(KIM);
    await clock.advance(86_400_000 - 60_001);
    await management.regenerateRecoveryCode(KIM);
    expect(paths()).toHaveLength(3);
    await clock.advance(1);
    expect(await management.regenerateRecoveryCode(KIM)).toMatchObject({ is: "done" });
    expect(paths().slice(3)).toEqual(["/oauth/token", expect.stringContaining("/api/v2/users/")]);
  });

  test("that the tenant takes no longer is replaced once, and the person notices nothing", async () => {
    const refused = { status: 401, text: '{"statusCode":401,"error":"Unauthorized","message":"Invalid token"}' };
    expect(await createScripted(TOKEN, refused, TOKEN, code(KIMS_CODE)).told()).toEqual({
      is: "done",
      value: KIMS_CODE,
    });
    const never = createScripted(TOKEN, refused, TOKEN, refused);
    expect(await never.told()).toEqual({ is: "refused", why: { is: "misconfigured" } });
  });

  test.each([
    ["an answer that is none", { text: "<html>" }],
    ["a text that would break out of its header", { text: TOKEN.text.replace("a.b-c_d", "a\\r\\nx: y") }],
    ["another kind of token", { text: TOKEN.text.replace("Bearer", "DPoP") }],
    ["an outage", { status: 503 }],
    ["an answer that was lost", new UpstreamFailure("unclear")],
    ["no connection", new UpstreamFailure("not_sent")],
  ])("that never came (%s) proves that the old code still works", async (_what, answer) => {
    const scripted = createScripted(answer);
    expect(await scripted.told()).toEqual({ is: "not_sent" });
  });

  test("that failed to come is asked for again by the next call", async () => {
    const scripted = createScripted({ status: 503 }, TOKEN, code(KIMS_CODE));
    await scripted.told();
    expect(await scripted.told()).toEqual({ is: "done", value: KIMS_CODE });
  });
});

describe("a tenant that says no", () => {
  test.each([
    ["the secret is wrong", { secret: "wrong" }],
    ["the scope was not granted", { scopes: ["read:users"] }],
  ])("is a matter of settings where %s, and no code changes", async (_what, made) => {
    const { management, liveCode } = createDesk(made);
    const told = await management.regenerateRecoveryCode(KIM);
    expect(told).toEqual({ is: "refused", why: { is: "misconfigured" } });
    expect(liveCode()).toBe(KIMS_CODE);
  });

  test("knows nobody by that id, or nothing to recover", async () => {
    const { management } = createDesk();
    for (const subject of ["auth0|nobody", "auth0|robin"]) {
      expect(await management.regenerateRecoveryCode(subject)).toEqual({ is: "refused", why: { is: "not_found" } });
    }
  });

  test("says until when it is too much", async () => {
    const { management, tenant } = createDesk();
    tenant.settings.limits.management = { burst: 1, refillSeconds: 30 };
    await management.regenerateRecoveryCode(KIM);
    const told = await management.regenerateRecoveryCode(KIM);
    expect(told).toEqual({ is: "refused", why: { is: "rate_limited", retryAt: START + 30_000 } });
    const busy = { status: 429, headers: { "x-ratelimit-reset": String(START / 1000 + 20) } };
    const why = { is: "rate_limited", retryAt: START + 20_000 };
    expect(await createScripted(busy).told()).toEqual({ is: "refused", why });
  });

  test.each([400, 409, 302])("with %i, which means nothing to us, has done nothing", async (status) => {
    expect(await createScripted(TOKEN, { status }).told()).toEqual({ is: "refused", why: { is: "unknown" } });
  });
});

describe("an answer that is lost", () => {
  test.each<[string, FaultRule["phase"], FaultRule["action"]]>([
    ["by a connection cut after the work", "afterCommit", { type: "reset" }],
    ["in the middle", "midBody", { type: "truncate", bytes: 20 }],
    ["behind a proxy's own page", "afterCommit", { type: "status", status: 502, body: "<html>" }],
    ["to garbage", "afterCommit", { type: "garbage" }],
  ])(
    "%s is unclear, never asked again by itself, and asking once more brings the code that counts",
    async (...given) => {
      const [, phase, action] = given;
      const { management, tenant, liveCode, paths } = createDesk();
      tenant.faults.add({ route: REGENERATION, nth: 1, phase, action });
      expect(await management.regenerateRecoveryCode(KIM)).toEqual({ is: "unclear" });
      expect(paths()).toHaveLength(2);
      expect(tenant.ledger.list("recoveryCodeIssued")).toHaveLength(1);
      expect(await management.regenerateRecoveryCode(KIM)).toEqual({ is: "done", value: liveCode() });
    },
  );

  test("is no loss where the tenant never saw the request", async () => {
    const scripted = createScripted(TOKEN, new UpstreamFailure("not_sent"));
    expect(await scripted.told()).toEqual({ is: "not_sent" });
    expect(scripted.left()).toBe(0);
  });
});

test("nobody but the BFF's composition and the recovery code's own file may reach this credential", () => {
  const source = join(import.meta.dirname, "..");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const reaching = files.filter((file) => /\/management\.ts["'`]/.test(readFileSync(join(source, file), "utf8")));
  const ours = reaching.filter((file) => !file.startsWith("contract-suite") && !/\.test\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(100);
  expect(reaching).toContain(join("bff", "management.test.ts"));
  expect(ours.filter((file) => ![join("bff", "bff.ts"), join("bff", "recovery-code.ts")].includes(file))).toEqual([]);
});
