import { createHash } from "node:crypto";

import { describe, expect, test } from "vitest";

import { ENROLL } from "./bench.ts";
import { demoClient } from "./clients.ts";
import { DATABASE } from "./connections.ts";
import { CALLBACK, createManagementBench, type ManagementBench } from "./management-bench.ts";
import { plantFaults, SETUP_FAULTS } from "./plant-faults.ts";

const REALM = {
  grant_type: "http://auth0.com/oauth/grant-type/password-realm",
  realm: "Username-Password-Authentication",
};
const MFA = "http://auth0.com/oauth/grant-type/";

/** A status and the `error` of a body, empty where there is none. */
type Told = readonly [status: number, error: unknown];

async function passwordOf(bench: ManagementBench, more: Readonly<Record<string, string>> = {}): Promise<Told> {
  const who = { username: "robin@example.com", password: "Enroll-Demo-1", scope: "openid" };
  const { status, body } = await bench.token({ grant_type: "password", ...who, ...more });
  return [status, body["error"] ?? ""];
}

async function enrollBy(bench: ManagementBench, kind: keyof typeof ENROLL): Promise<Told> {
  const { status, body } = await bench.associate(await bench.mfaJwt("robin@example.com"), ENROLL[kind]);
  return [status, body["error"] ?? ""];
}

async function grantOf(bench: ManagementBench, grant_type: string): Promise<Told> {
  const { status, body } = await bench.token({ grant_type });
  return [status, body["error"] ?? ""];
}

/** Opens the tenant's page for an application and says where it leads: an error, or the page. */
async function authorize(bench: ManagementBench): Promise<string> {
  const url = new URL("https://tenant.test/authorize?client_id=mfa-enroll-demo&response_type=code");
  url.searchParams.set("redirect_uri", CALLBACK);
  url.searchParams.set("code_challenge_method", "S256");
  url.searchParams.set("code_challenge", createHash("sha256").update("verifier").digest("base64url"));
  const answer = await bench.tenant.fetch(new Request(url));
  const location = answer.headers.get("location");
  if (location === null) return `page ${answer.status}`;
  const to = new URL(location, "https://tenant.test");
  return to.searchParams.get("error_description") ?? to.pathname;
}

const refused: Told = [401, "unsupported_challenge_type"];
const notAllowed: Told = [403, "unauthorized_client"];

/** For each fault: what to ask, and what the tenant that has it answers. The same is asked of one that is well. */
const SHOWN: Readonly<Record<string, readonly [ask: (bench: ManagementBench) => Promise<unknown>, told: unknown]>> = {
  "grant-mfa-otp-missing": [(bench) => grantOf(bench, `${MFA}mfa-otp`), notAllowed],
  "grant-mfa-oob-missing": [(bench) => grantOf(bench, `${MFA}mfa-oob`), notAllowed],
  "grant-mfa-recovery-code-missing": [(bench) => grantOf(bench, `${MFA}mfa-recovery-code`), notAllowed],
  "grant-authorization-code-missing": [authorize, "Grant type 'authorization_code' not allowed for the client."],
  "grant-password-missing": [passwordOf, notAllowed],
  "grant-password-realm-missing": [(bench) => passwordOf(bench, REALM), notAllowed],
  "callback-missing": [authorize, "page 400"],
  "auth-method-none": [passwordOf, [401, "invalid_client"]],
  "connection-not-enabled": [authorize, "no connections enabled for the client"],
  "default-directory-empty": [passwordOf, [500, "server_error"]],
  "factor-sms-off": [(bench) => enrollBy(bench, "sms"), refused],
  "factor-email-off": [(bench) => enrollBy(bench, "email"), refused],
  "factor-otp-off": [(bench) => enrollBy(bench, "otp"), refused],
  "factor-push-off": [(bench) => enrollBy(bench, "push"), refused],
  "factor-recovery-code-off": [
    async (bench) => {
      const { body } = await bench.associate(await bench.mfaJwt("robin@example.com"), ENROLL.sms);
      return "recovery_codes" in body;
    },
    false,
  ],
  "email-only": [
    async (bench) => [await enrollBy(bench, "sms"), await enrollBy(bench, "otp"), await enrollBy(bench, "email")],
    [refused, refused, [200, ""]],
  ],
  "message-types-without-sms": [(bench) => enrollBy(bench, "sms"), refused],
  "message-types-without-voice": [(bench) => enrollBy(bench, "voice"), refused],
  "phone-provider-none": [(bench) => enrollBy(bench, "sms"), [502, "bad_gateway"]],
  "phone-provider-trial": [
    async (bench) => {
      await enrollBy(bench, "voice");
      return bench.tenant.outbox.list().length;
    },
    0,
  ],
  "email-provider-none": [async (bench) => (await bench.manage("GET", "/emails/provider")).status, 404],
  "policy-never": [passwordOf, [200, ""]],
  "policy-always": [passwordOf, [403, "mfa_required"]],
  "policy-customized": [async (bench) => (await passwordOf(bench))[1], "mfa_required"],
};

const CLIENT = "/clients/mfa-enroll-demo";
const PHONE = "/guardian/factors/phone";
const on = { enabled: true };

/** By which call each fault is set right, where one call is enough. */
const MENDED: [id: string, method: string, path: string, body: object][] = [
  ...SETUP_FAULTS.filter(({ id }) => id.startsWith("grant-")).map(({ id }): [string, string, string, object] => [
    id,
    "PATCH",
    CLIENT,
    { grant_types: demoClient().grantTypes },
  ]),
  ["callback-missing", "PATCH", CLIENT, { callbacks: [CALLBACK] }],
  ["auth-method-none", "PATCH", CLIENT, { token_endpoint_auth_method: "client_secret_post" }],
  [
    "connection-not-enabled",
    "PATCH",
    `/connections/${DATABASE.id}/clients`,
    [{ client_id: "mfa-enroll-demo", status: true }],
  ],
  ["default-directory-empty", "PATCH", "/tenants/settings", { default_directory: DATABASE.name }],
  ["factor-sms-off", "PUT", "/guardian/factors/sms", on],
  ["factor-email-off", "PUT", "/guardian/factors/email", on],
  ["factor-otp-off", "PUT", "/guardian/factors/otp", on],
  ["factor-push-off", "PUT", "/guardian/factors/push-notification", on],
  ["factor-recovery-code-off", "PUT", "/guardian/factors/recovery-code", on],
  ["message-types-without-sms", "PUT", `${PHONE}/message-types`, { message_types: ["sms", "voice"] }],
  ["message-types-without-voice", "PUT", `${PHONE}/message-types`, { message_types: ["sms", "voice"] }],
  ["phone-provider-none", "PUT", `${PHONE}/selected-provider`, { provider: "twilio" }],
  ["policy-never", "PUT", "/guardian/policies", ["all-applications"]],
  ["policy-always", "PUT", "/guardian/policies", []],
  ["policy-customized", "PATCH", "/tenants/settings", { customize_mfa_in_postlogin_action: false }],
];

describe("a fault of setting up", () => {
  test.each(SETUP_FAULTS.map(({ id }) => id))("%s changes what the tenant answers", async (id) => {
    const [ask, told] = SHOWN[id] ?? [];
    const policy = id === "policy-never" ? "always" : "never";
    const well = createManagementBench(undefined, { settings: { policy } });
    expect(await ask?.(well)).not.toEqual(told);
    const broken = createManagementBench(undefined, { settings: { policy } });
    expect(plantFaults(broken.tenant, { names: [id] })).toEqual([id]);
    expect(await ask?.(broken)).toEqual(told);
    broken.tenant.reset();
    broken.tenant.settings.limits.management.burst = 1000;
    expect(await ask?.(broken)).not.toEqual(told);
  });

  test.each(MENDED)("%s is mended by %s %s", async (id, method, path, body) => {
    const [ask, told] = SHOWN[id] ?? [];
    const settings = { policy: id === "policy-never" ? "always" : "never" } as const;
    const well = await ask?.(createManagementBench(undefined, { settings }));
    const bench = createManagementBench(undefined, { settings });
    plantFaults(bench.tenant, { names: [id] });
    expect([200, 204]).toContain((await bench.manage(method, path, body)).status);
    const mended = await ask?.(bench);
    expect(mended).not.toEqual(told);
    expect(mended).toEqual(well);
  });

  test("by which mail is the only factor lets nobody in whom a policy asks to enroll first", async () => {
    const bench = createManagementBench(undefined, { settings: { policy: "always" } });
    plantFaults(bench.tenant, { names: ["email-only"] });
    const url = new URL("https://tenant.test/authorize?client_id=mfa-enroll-demo&response_type=code");
    url.searchParams.set("redirect_uri", CALLBACK);
    bench.tenant.settings.requirePkce = false;
    const page = (await bench.tenant.fetch(new Request(url))).headers.get("location") ?? "";
    const state = new URL(page, url).searchParams.get("state") ?? "";
    const form = { state, username: "robin@example.com", password: "Enroll-Demo-1", action: "login" };
    const post = { method: "POST", body: new URLSearchParams(form) };
    const next = await bench.tenant.fetch(new Request("https://tenant.test/u/login", post));
    const enroll = new URL(next.headers.get("location") ?? "", url);
    expect(enroll.pathname).toBe("/u/enroll");
    const back = (await bench.tenant.fetch(new Request(enroll))).headers.get("location") ?? "";
    expect(new URL(back).searchParams.get("error_description")).toBe("No MFA factors enabled for enrollment");
  });

  test("is refused under a name that there is none of", () => {
    const { tenant } = createManagementBench();
    expect(() => plantFaults(tenant, { names: ["everything-missing"] })).toThrow(RangeError);
    expect(() => plantFaults({ ...tenant, clients: [] }, { seed: 1 })).toThrow("no application for people");
  });
});

describe("a draw of faults", () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);
  const drawn = (seed: number, more: object = {}) => plantFaults(createManagementBench().tenant, { seed, ...more });

  test("is the same for the same seed, has three to six, and no two that change the same thing", () => {
    for (const seed of seeds) {
      const ids = drawn(seed);
      expect(ids).toEqual(drawn(seed));
      expect(ids.length).toBeGreaterThanOrEqual(3);
      expect(ids.length).toBeLessThanOrEqual(6);
      const things = SETUP_FAULTS.filter(({ id }) => ids.includes(id)).flatMap(({ touches }) => touches);
      expect(new Set(things).size).toBe(things.length);
    }
  });

  test("takes only what matters to the way in and is not so already, and in the end all of that", () => {
    const all = SETUP_FAULTS.map(({ id }) => id);
    const byWay = (more: object) => new Set(seeds.flatMap((seed) => drawn(seed, more)));
    const password = ["grant-password-missing", "default-directory-empty"];
    const redirect = ["grant-authorization-code-missing", "callback-missing"];
    const notByRedirect = [...password, "grant-password-realm-missing", "policy-never"];
    expect(byWay({}).size).toBe(all.length - notByRedirect.length);
    expect([...byWay({})].filter((id) => notByRedirect.includes(id))).toEqual([]);
    const byRealm = byWay({ signIn: ["password"], realm: true });
    expect([...byRealm].filter((id) => [...password, ...redirect, "policy-always"].includes(id))).toEqual([]);
    expect(byRealm).toContain("grant-password-realm-missing");
    // Without a policy, there is none to take away.
    expect(byRealm).not.toContain("policy-never");
  });
});
