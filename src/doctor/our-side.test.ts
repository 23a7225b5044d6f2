import { describe, expect, test } from "vitest";
import { createPatient } from "./patient.ts";

const idsWith = (env: Record<string, string | undefined>, redis = true) => createPatient().ids([], { env, redis });

describe("our side", () => {
  test.each([
    ["MFA_SECRET_KEY", undefined],
    ["MFA_SECRET_KEY", "too-short"],
    ["MFA_PROOF_SECONDS", "soon"],
    ["REDIS_URL", "http://redis.test"],
  ])("with %s of %j is told, and everything else is looked at", async (name, value) => {
    const id = `setting-${name.toLowerCase().replaceAll("_", "-")}`;
    expect(await idsWith({ [name]: value })).toEqual({ code: 2, ids: [id] });
  });

  test("without its public address cannot say whether people may come back", async () => {
    expect((await idsWith({ MFA_PUBLIC_URL: "http://page.test" })).ids).toEqual(["setting-mfa-public-url", "callback"]);
  });

  test("with a Redis that does not answer keeps no visit", async () => {
    expect(await idsWith({ REDIS_URL: "redis://redis.test" }, false)).toEqual({ code: 2, ids: ["redis-unreachable"] });
    expect(await idsWith({ REDIS_URL: "redis://redis.test" })).toEqual({ code: 0, ids: [] });
  });

  test("with a channel for nobody is told, and with nothing but such channels it is a fault", async () => {
    expect(await idsWith({ MFA_SMS_COUNTRIES: "none" })).toEqual({ code: 1, ids: ["sms-policy-empty"] });
    expect(await idsWith({ MFA_SMS_COUNTRIES: "none", MFA_CHANNELS: "sms" })).toEqual({
      code: 2,
      ids: ["sms-policy-empty"],
    });
    expect(await idsWith({ MFA_VOICE_KINDS: "" })).toEqual({ code: 1, ids: ["voice-policy-empty"] });
  });
});

describe("the address of the Management API", () => {
  test.each(["https://tenant.test/", "tenant.test", "http://tenant.test/api/v2/", "https://a@tenant.test/api/v2/"])(
    "is told where it is none, and no token goes there: %s",
    async (name) => {
      const patient = createPatient();
      const env = { AUTH0_MANAGEMENT_AUDIENCE: name };
      const asked = new Set<string>();
      patient.intercept = async ({ url }) => void asked.add(new URL(url).origin);
      expect((await patient.ids([], { env })).ids).toContain("setting-auth0-management-audience");
      expect([...asked]).toEqual(["https://tenant.test"]);
    },
  );
});

describe("the tenant's names", () => {
  test("differ where the domain leads to a tenant that calls itself otherwise", async () => {
    const patient = createPatient();
    patient.intercept = async ({ url }) =>
      url.endsWith("openid-configuration")
        ? Response.json({ issuer: "https://other.test/", token_endpoint: "https://other.test/oauth/token" })
        : undefined;
    const { out } = await patient.run([]);
    expect(out).toContain("here       Set AUTH0_DOMAIN to https://other.test.");
    expect((await patient.ids()).ids).toEqual(["issuer-differs"]);
  });

  test.each(["https://tenant.test/mfa", "https://other.test/mfa/", "mfa"])(
    "have no MFA API that is called %s",
    async (name) => {
      expect(await idsWith({ AUTH0_MFA_AUDIENCE: name })).toEqual({ code: 2, ids: ["mfa-audience-differs"] });
    },
  );

  test("may be two: a custom domain for people, and its own for the Management API", async () => {
    const patient = createPatient();
    const asked: string[] = [];
    patient.intercept = async (request) => {
      asked.push(request.url);
      if (request.url.endsWith("/oauth/token") && (await request.clone().text()).includes("canonical.test"))
        return Response.json({ access_token: "opaque" });
      return request.url.includes("/api/v2/") ? Response.json({ message: "no" }, { status: 403 }) : undefined;
    };
    const env = {
      AUTH0_MANAGEMENT_AUDIENCE: "https://canonical.test/api/v2/",
      AUTH0_MFA_AUDIENCE: "https://canonical.test/mfa/",
    };
    const { out } = await patient.run([], { env });
    expect(out.replaceAll(/\s+/g, " ")).toContain("tenant.test is a custom domain of canonical.test");
    const management = asked.filter((url) => url.includes("/api/v2/"));
    expect(management.length).toBeGreaterThan(5);
    expect(management.filter((url) => !url.startsWith("https://canonical.test/api/v2/"))).toEqual([]);
  });
});
