import { describe, expect, test } from "vitest";
import { createPatient } from "./patient.ts";
import { READ_SCOPES } from "./scopes.ts";

/** What each scope lets the doctor see, by the ids of the checks that go without it. */
const SEEN_BY: Readonly<Record<string, string[]>> = {
  "read:clients": ["application"],
  "read:tenant_settings": ["policy-actions"],
  "read:connections": ["connection"],
  "read:guardian_factors": ["factors", "message-types", "phone-provider"],
  "read:phone_providers": [],
  "read:email_provider": ["email-provider"],
  "read:mfa_policies": ["policy"],
};

describe("a token that lacks one scope", () => {
  test.each(READ_SCOPES)("is told by its name, and everything else is looked at: %s", async (lacking) => {
    const patient = createPatient({ scopes: READ_SCOPES.filter((scope) => scope !== lacking) });
    const id = `scope-missing-${lacking.replace(":", "-").replaceAll("_", "-")}`;
    expect(await patient.ids()).toEqual({ code: 1, ids: [id, ...(SEEN_BY[lacking] ?? [])] });
    const { out } = await patient.run([]);
    expect(out.replaceAll(/\s+/g, " ")).toContain(`The token lacks the scope ${lacking}.`);
  });

  test("is not believed where it does not tell its scopes: the tenant's refusal is", async () => {
    const patient = createPatient();
    patient.intercept = async ({ headers, url }) => {
      const isOpaque = headers.get("authorization") === "Bearer opaque";
      if (!isOpaque) return undefined;
      const message = "Insufficient scope, expected any of: read:email_provider";
      return url.endsWith("/emails/provider")
        ? Response.json(
            { statusCode: 403, error: "Forbidden", message, errorCode: "insufficient_scope" },
            { status: 403 },
          )
        : Response.json([]);
    };
    const { out } = await patient.run([], { env: { AUTH0_DOCTOR_TOKEN: "opaque" } });
    expect(out.replaceAll(/\s+/g, " ")).toContain(
      'Could not be seen: the token lacks a scope: 403 "Insufficient scope, expected any of: read:email_provider".',
    );
  });
});

describe("without what it needs", () => {
  test("the doctor names the server's settings that it cannot do without", async () => {
    const ran = await createPatient().run([], { env: { AUTH0_DOMAIN: undefined, AUTH0_CLIENT_ID: " " } });
    expect(ran.code).toBe(3);
    expect(ran.complaints).toContain("AUTH0_DOMAIN is missing");
    expect(ran.complaints).toContain("AUTH0_CLIENT_ID is missing");
    expect(ran.out).toBe("");
  });

  test("the doctor says which credentials of its own to set", async () => {
    const none = { AUTH0_DOCTOR_CLIENT_ID: undefined, AUTH0_DOCTOR_CLIENT_SECRET: undefined };
    const ran = await createPatient().run([], { env: none });
    expect(ran.code).toBe(3);
    for (const word of ["AUTH0_DOCTOR_CLIENT_ID", "AUTH0_DOCTOR_TOKEN", ...READ_SCOPES])
      expect(ran.complaints).toContain(word);
    expect(ran.asked).toEqual(["Client id of the application that may call the Management API: "]);
  });

  test("the doctor asks for them at a terminal", async () => {
    const none = { AUTH0_DOCTOR_CLIENT_ID: undefined, AUTH0_DOCTOR_CLIENT_SECRET: undefined };
    const answers = ["mfa-enroll-doctor", "mfa-enroll-doctor-secret"];
    const ran = await createPatient().run([], { env: none, answers });
    expect(ran.code).toBe(0);
    expect(ran.asked).toHaveLength(2);
  });

  test.each([
    [["--plam"]],
    [["--yes"]],
    [["--plan", "--apply"]],
    [["--probe", "--send", "sms:5550100"]],
    [["--json", "--apply"]],
    [["stray"]],
  ])("the doctor refuses options that mean nothing: %j", async (args) => {
    const ran = await createPatient().run(args);
    expect(ran.code).toBe(3);
    expect(ran.complaints).toMatch(/^.{20,}\.\n$/);
    expect(ran.complaints).not.toContain("plam");
  });
});

describe("a credential that the tenant does not take", () => {
  test("is told, and what can be seen without it is looked at", async () => {
    const patient = createPatient();
    const ran = await patient.run([], { env: { AUTH0_DOCTOR_CLIENT_SECRET: "another" } });
    expect(ran.out.replaceAll(/\s+/g, " ")).toContain("the tenant does not take this client id and secret: 401");
    expect(ran.out).toContain("the tenant takes it for mfa-enroll-demo");
    expect(ran.code).toBe(2);
    expect(patient.sent.filter((call) => call.includes("/api/v2/"))).toEqual([]);
  });

  test("is told by the hour where a token has expired, and is not even sent", async () => {
    const claims = Buffer.from(JSON.stringify({ scope: "read:clients", exp: 1_700_000_000 })).toString("base64url");
    const patient = createPatient();
    const ran = await patient.run([], { env: { AUTH0_DOCTOR_TOKEN: `e30.${claims}.x` } });
    expect(ran.out.replaceAll(/\s+/g, " ")).toContain("AUTH0_DOCTOR_TOKEN expired at 2023-11-14T22:13:20.000Z");
    expect(patient.sent.filter((call) => call.includes("/api/v2/"))).toEqual([]);
  });

  test.each(["a token with a space", "two\nlines"])("is not sent where it is no token: %j", async (token) => {
    const patient = createPatient();
    const ran = await patient.run([], { env: { AUTH0_DOCTOR_TOKEN: token } });
    expect(ran.out).toContain("AUTH0_DOCTOR_TOKEN is no token.");
    expect(patient.sent.filter((call) => call.includes("/api/v2/"))).toEqual([]);
  });

  test("is tried once alone where the tenant refuses the token", async () => {
    const patient = createPatient();
    const ran = await patient.run([], { env: { AUTH0_DOCTOR_TOKEN: "bm90.YSB0b2tlbg.x" } });
    expect(ran.out.replaceAll(/\s+/g, " ")).toContain(
      'the tenant does not take the management token: 401 "Invalid token"',
    );
    expect(patient.sent.filter((call) => call.includes("/api/v2/"))).toHaveLength(1);
    expect(ran.code).toBe(2);
  });

  test("is told where it is the server's own secret", async () => {
    const env = { AUTH0_CLIENT_SECRET: "another" };
    expect(await createPatient().ids([], { env })).toEqual({ code: 2, ids: ["client-secret-wrong"] });
  });

  test("is told where it is the one for recovery codes", async () => {
    const env = { AUTH0_MANAGEMENT_CLIENT_SECRET: "another" };
    expect(await createPatient().ids([], { env })).toEqual({ code: 1, ids: ["recovery-credential"] });
  });
});

describe("a tenant in trouble", () => {
  test("that says too many requests is waited for, until its limit is over", async () => {
    const patient = createPatient();
    patient.tenant.settings.limits.management = { burst: 1, refillSeconds: 20 };
    const { code, progress } = await patient.run([]);
    expect(code).toBe(0);
    expect(progress).toContain("waiting 20 s, as the tenant asks");
  });

  test("that says it again and again is given up after a few tries, for that check alone", async () => {
    const patient = createPatient();
    patient.intercept = async ({ url }) =>
      url.endsWith("/guardian/policies")
        ? new Response("{}", { status: 429, headers: { "retry-after": "7" } })
        : undefined;
    const began = patient.now();
    expect(await patient.ids()).toEqual({ code: 1, ids: ["policy"] });
    expect(patient.sent.filter((call) => call.endsWith("/guardian/policies"))).toHaveLength(4);
    expect(patient.now() - began).toBeGreaterThanOrEqual(21_000);
    expect(patient.now() - began).toBeLessThan(60_000);
  });

  test("that does not answer is given up after ten seconds each time", async () => {
    const patient = createPatient();
    patient.intercept = async ({ url }) => (url.includes("/tenants/settings") ? "hang" : undefined);
    const ran = await patient.run([]);
    expect(ran.out.replaceAll(/\s+/g, " ")).toContain(
      "Could not be seen: tenant.test did not answer within 10 seconds.",
    );
    expect(ran.code).toBe(1);
  });

  test("that does not answer is not waited for again in the same call", async () => {
    const patient = createPatient();
    patient.intercept = async () => "hang" as const;
    const began = patient.now();
    expect((await patient.ids()).ids).toEqual(["tenant-unreachable"]);
    expect(patient.now() - began).toBe(10_000);
    expect(patient.sent).toHaveLength(1);
  });

  test("that sends its callers elsewhere from the start is told as that", async () => {
    const patient = createPatient();
    patient.intercept = async () =>
      new Response(null, { status: 301, headers: { location: "https://elsewhere.test/" } });
    const { out } = await patient.run([]);
    expect(out.replaceAll(/\s+/g, " ")).toContain("the host leads elsewhere (status 301), which a tenant does not do.");
  });

  test("that answers with a page of HTML is told as that", async () => {
    const patient = createPatient();
    patient.intercept = async ({ url }) =>
      url.endsWith("/guardian/factors") ? new Response("<html>\u001B[31mwelcome", { status: 200 }) : undefined;
    const ran = await patient.run([]);
    const text = ran.out.replaceAll(/\s+/g, " ");
    expect(text).toContain(
      "the tenant answered GET /api/v2/guardian/factors with something that is not what Auth0 documents.",
    );
    expect(ran.code).toBe(1);
  });

  test("cannot write to the terminal by its words", async () => {
    const patient = createPatient();
    const message = `\u001B[2J\u0007no\n${"x".repeat(500)}`;
    patient.intercept = async ({ url }) =>
      url.endsWith("/guardian/factors") ? Response.json({ message }, { status: 400 }) : undefined;
    const { out } = await patient.run([]);
    // No control character but the end of a line.
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
    expect(out).not.toContain("x".repeat(201));
  });

  test("whose connection fails with words of its own is told without them", async () => {
    const patient = createPatient();
    patient.intercept = async () => {
      throw new TypeError("mfa-enroll-demo-secret is not a header", { cause: new Error("nor is this") });
    };
    const { out } = await patient.run([]);
    expect(out.replaceAll(/\s+/g, " ")).toContain("tenant.test could not be reached: the connection failed.");
    expect(out).not.toContain("header");
  });

  test("that is not there leaves our own side to be looked at, with the reason in plain words", async () => {
    const patient = createPatient();
    patient.intercept = async () => {
      throw Object.assign(new TypeError("fetch failed with mfa-enroll-demo-secret"), { cause: { code: "ENOTFOUND" } });
    };
    const ran = await patient.run([]);
    expect(ran.out.replaceAll(/\s+/g, " ")).toContain("tenant.test could not be reached: there is no such host name.");
    expect(ran.out).not.toContain("demo-secret");
    expect((await patient.ids()).ids).toEqual(["tenant-unreachable"]);
  });

  test("that leads elsewhere is not followed, for a token would travel along", async () => {
    const patient = createPatient();
    const modes = new Set<string>();
    patient.intercept = async ({ redirect, url }) => {
      modes.add(redirect);
      const headers = { location: "https://elsewhere.test/" };
      return url.endsWith("/guardian/policies") ? new Response(null, { status: 302, headers }) : undefined;
    };
    const { out } = await patient.run([]);
    expect([...modes]).toEqual(["manual"]);
    expect(out.replaceAll(/\s+/g, " ")).toContain("Could not be seen: the tenant said no: status 302.");
  });

  test("that is a web site and no tenant is told as that", async () => {
    const patient = createPatient();
    patient.intercept = async () => new Response("<html>", { status: 200 });
    expect((await patient.ids()).ids).toEqual(["tenant-unreachable"]);
  });
});
