import { describe, expect, test } from "vitest";
import { createPatient, type Patient } from "../patient.ts";
import { waitAfter } from "../wait-after.ts";

function sick(make: (patient: Patient) => void): Patient {
  const patient = createPatient();
  make(patient);
  return patient;
}

/** Answers one path of the Management API in the tenant's place. */
function answering(path: string, body: unknown, status = 200): Patient {
  return sick((patient) => {
    patient.intercept = async ({ method, url }) =>
      method === "GET" && new URL(url).pathname === `/api/v2/${path}` ? Response.json(body, { status }) : undefined;
  });
}

describe("the application", () => {
  test("that the tenant does not have is told once, and not again by what hangs on it", async () => {
    const env = { AUTH0_CLIENT_ID: "nobody" };
    expect(await createPatient().ids([], { env })).toEqual({ code: 2, ids: ["application-missing"] });
  });

  test("of a third party can have no MFA", async () => {
    const body = { name: "x", is_first_party: false, grant_types: [] };
    expect((await answering("clients/mfa-enroll-demo", body).ids()).ids).toContain("application-third-party");
  });

  test("whose people cannot come back after signing out is a warning, and mended", async () => {
    const patient = sick(({ tenant }) => tenant.clients[0]?.logoutUrls.splice(0));
    expect(await patient.ids()).toEqual({ code: 1, ids: ["logout-url-missing"] });
    expect(await patient.ids(["--apply", "--yes"])).toEqual({ code: 0, ids: [] });
  });

  test("is read without its secret", async () => {
    const patient = createPatient();
    let query = "";
    patient.intercept = async ({ url }) => {
      if (url.includes("/api/v2/clients/mfa-enroll-demo?")) query = new URL(url).search;
      return undefined;
    };
    await patient.run([]);
    expect(query).toContain("fields=");
    expect(query).not.toContain("secret");
  });
});

describe("the database of users", () => {
  const password = { MFA_SIGN_IN: "password" };

  test("that AUTH0_REALM names and the tenant does not have is told", async () => {
    const patient = createPatient({ policy: "always" });
    const { ids } = await patient.ids([], { env: { ...password, AUTH0_REALM: "Nowhere" } });
    expect(ids).toEqual(["connection-missing"]);
  });

  test("is not chosen where there are two", async () => {
    const two = ["a", "b"].map((name) => ({ id: `con_${name}`, name, strategy: "auth0" }));
    const patient = createPatient({ policy: "always" });
    patient.tenant.settings.defaultDirectory = "";
    patient.intercept = async ({ url }) => {
      const { pathname } = new URL(url);
      if (pathname === "/api/v2/connections") return Response.json({ connections: two });
      return pathname.endsWith("/connections") ? Response.json({ connections: [] }) : undefined;
    };
    const { out } = await patient.run(["--plan"], { env: password });
    expect(out).toContain("connection-not-enabled");
    expect(out).toContain("default-directory-empty");
    expect(out).toContain("Plan: nothing that a command can set right.");
  });

  test("need not be there where people sign in on the tenant's page by other means", async () => {
    expect(await answering("connections", { connections: [] }).ids()).toEqual({ code: 0, ids: [] });
  });
});

describe("codes by phone", () => {
  test.each([
    ["an Action of yours", "guardian/factors/phone/selected-provider", { provider: "phone-message-hook" }],
    ["a provider that is not known here", "guardian/factors/phone/selected-provider", { provider: "pigeon" }],
    ["the tenant's own phone provider", "branding/phone/providers", { providers: [{ name: "custom" }] }],
  ])("are delivered by %s", async (_, path, body) => {
    expect(await answering(path, body).ids()).toEqual({ code: 0, ids: [] });
  });

  test("are not delivered by Twilio as long as it is chosen and not set up", async () => {
    const patient = answering("guardian/factors/phone/providers/twilio", { sid: null, from: null });
    expect(await patient.ids()).toEqual({ code: 2, ids: ["phone-provider-none"] });
  });

  test("are not looked at where no phone is offered, and the factor is a warning then", async () => {
    const patient = sick(({ tenant }) => {
      tenant.settings.factors.phone = false;
      tenant.settings.phoneProvider = "none";
    });
    const env = { MFA_CHANNELS: "email" };
    expect(await patient.ids([], { env })).toEqual({ code: 1, ids: ["factor-sms-off"] });
  });
});

describe("mail and policy", () => {
  test("a provider of mail that is switched off is none", async () => {
    expect((await answering("emails/provider", { name: "smtp", enabled: false }).ids()).ids).toEqual([
      "email-provider-none",
    ]);
  });

  test("a policy that is not known is left as it is", async () => {
    const patient = answering("guardian/policies", ["confidence-score"]);
    expect(await patient.ids()).toEqual({ code: 0, ids: [] });
  });

  test("never is well with both ways in, where always would be a warning: no advice leads to the opposite one", async () => {
    const env = { MFA_SIGN_IN: "redirect,password" };
    expect(await createPatient().ids([], { env })).toEqual({ code: 0, ids: [] });
    expect(await createPatient({ policy: "always" }).ids([], { env })).toEqual({ code: 1, ids: ["policy-always"] });
  });

  test("never is well with the redirect way in, and a warning with the password way in", async () => {
    expect(await createPatient().ids()).toEqual({ code: 0, ids: [] });
    const env = { MFA_SIGN_IN: "password" };
    expect(await createPatient().ids([], { env })).toEqual({ code: 1, ids: ["policy-never"] });
  });
});

test("a wait ends with the limit's reset or after Retry-After, is a second at least and a minute at most", () => {
  const now = 1_000_000;
  const after = (headers: Record<string, string>) => waitAfter(new Headers(headers), now);
  expect(after({})).toBe(1_000);
  expect(after({ "x-ratelimit-reset": "1005" })).toBe(5_000);
  expect(after({ "x-ratelimit-reset": "1005", "retry-after": "3" })).toBe(3_000);
  expect(after({ "x-ratelimit-reset": "900" })).toBe(1_000);
  expect(after({ "retry-after": "86400" })).toBe(60_000);
  expect(after({ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" })).toBe(1_000);
});
