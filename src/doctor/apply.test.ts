import { describe, expect, test } from "vitest";
import { plantFaults } from "../simulator/plant-faults.ts";
import { createPatient } from "./patient.ts";

const CLIENT = "PATCH /api/v2/clients/mfa-enroll-demo";
const OOB = "http://auth0.com/oauth/grant-type/mfa-oob";
const THREE = ["grant-mfa-oob-missing", "callback-missing", "factor-sms-off"];

function grantsOf(patient: ReturnType<typeof createPatient>): string[] {
  return patient.tenant.clients[0]?.grantTypes ?? [];
}

describe("--plan", () => {
  test("shows what is there, what is added and the call, and changes nothing", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: THREE });
    const { out, code } = await patient.run(["--plan"]);
    expect(out).toContain(`         authorization_code\n`);
    expect(out).toContain(`       + ${OOB}\n`);
    expect(out).toContain("       - false\n       + true\n");
    expect(out).toContain("PATCH /api/v2/clients/mfa-enroll-demo, which needs update:clients");
    expect(code).toBe(2);
    expect(patient.sent.filter((call) => /^(?:PUT|PATCH)/.test(call))).toEqual([]);
    expect((await patient.ids()).ids).toHaveLength(3);
  });
});

describe("--apply", () => {
  test("asks first, and changes nothing without a yes", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: THREE });
    const refused = await patient.run(["--apply"], { answers: ["y"] });
    expect(refused.asked).toEqual(["Make these 3 changes? Type yes: "]);
    expect(refused.complaints).toBe("Nothing was changed.\n");
    const unasked = await patient.run(["--apply"]);
    expect(unasked.complaints).toContain("nobody could be asked; --yes does not ask.");
    expect(unasked.code).toBe(3);
    expect(patient.sent.filter((call) => /^(?:PUT|PATCH)/.test(call))).toEqual([]);
  });

  test("after a yes makes the changes, looks again and ends with 0", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: THREE });
    const { out, code } = await patient.run(["--apply"], { answers: ["yes"] });
    expect(out.match(/^ {2}done /gm)).toHaveLength(3);
    expect(out).toContain("All is well");
    expect(code).toBe(0);
  });

  test("keeps what it does not know: a grant, an address and a factor that have nothing to do with it", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: THREE });
    patient.tenant.clients[0]?.grantTypes.push("implicit");
    patient.tenant.clients[0]?.callbacks.push("https://another.test/back");
    patient.tenant.settings.factors.otp = true;
    await patient.run(["--apply", "--yes"]);
    expect(grantsOf(patient)).toContain("implicit");
    expect(patient.tenant.clients[0]?.callbacks).toContain("https://another.test/back");
    expect(grantsOf(patient)).toContain(OOB);
  });

  test("does not overwrite what somebody else adds while it asks", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: ["grant-mfa-oob-missing"] });
    let reads = 0;
    patient.intercept = async ({ method, url }) => {
      // The first reading is the examination, the second one the one right before the change.
      if (method === "GET" && url.includes("/clients/mfa-enroll-demo?") && ++reads === 2)
        patient.tenant.clients[0]?.grantTypes.push("implicit");
      return undefined;
    };
    await patient.run(["--apply", "--yes"]);
    expect(grantsOf(patient)).toEqual(expect.arrayContaining(["implicit", OOB]));
  });

  test("leaves a value alone that somebody else has set meanwhile", async () => {
    const patient = createPatient({ policy: "always" });
    plantFaults(patient.tenant, { names: ["default-directory-empty"] });
    let reads = 0;
    patient.intercept = async ({ method, url }) => {
      if (method === "GET" && url.includes("/tenants/settings") && ++reads === 2)
        patient.tenant.settings.defaultDirectory = "Somebody-Elses";
      return undefined;
    };
    const { out } = await patient.run(["--apply", "--yes"], { env: { MFA_SIGN_IN: "password" } });
    expect(out).toContain(
      'left alone  make Username-Password-Authentication the directory of sign-ins by password: it is "Somebody-Elses"',
    );
    expect(patient.tenant.settings.defaultDirectory).toBe("Somebody-Elses");
  });

  test("leaves a list alone that it does not understand", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: ["grant-mfa-oob-missing"] });
    let reads = 0;
    patient.intercept = async ({ method, url }) =>
      method === "GET" && url.includes("/clients/mfa-enroll-demo?") && ++reads === 2
        ? Response.json({ grant_types: ["password", { of: "another kind" }] })
        : undefined;
    const { out } = await patient.run(["--apply", "--yes"]);
    expect(out).toContain("what is there is not understood, so it was left alone.");
    expect(patient.sent).not.toContain(CLIENT);
  });

  test("stops between two changes, and goes on from there when it is run again", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: THREE });
    const ending = new AbortController();
    patient.intercept = async ({ method }) => {
      if (method === "PATCH") ending.abort();
      return undefined;
    };
    const { out, code } = await patient.run(["--apply", "--yes"], { stop: ending.signal });
    expect(out.match(/^ {2}done /gm)).toHaveLength(1);
    expect(out.match(/^ {2}NOT MADE .*it was stopped before\.$/gm)).toHaveLength(2);
    expect(code).toBe(130);
    patient.intercept = () => undefined;
    const again = await patient.run(["--apply", "--yes"]);
    expect(again.out.match(/^ {2}done /gm)).toHaveLength(2);
    expect(again.code).toBe(0);
  });

  test("sees that a change was made whose answer was lost, and does not make it twice", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: ["grant-mfa-oob-missing"] });
    // Else the limit would refuse the very call whose answer is to be lost.
    patient.tenant.settings.limits.management.burst = 1000;
    patient.intercept = async (request) => {
      if (request.method !== "PATCH") return undefined;
      await patient.tenant.fetch(request);
      return "hang";
    };
    const { out, code } = await patient.run(["--apply", "--yes"]);
    expect(out.match(/^ {2}done /gm)).toHaveLength(1);
    expect(patient.sent.filter((call) => call === CLIENT)).toHaveLength(1);
    expect(code).toBe(0);
  });

  test("does nothing more once the tenant cannot be read, and says what was not made", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: THREE });
    let isOut = false;
    patient.intercept = async ({ method }) => {
      if (method === "PATCH") isOut = true;
      return isOut ? new Response("", { status: 503 }) : undefined;
    };
    const { out, code } = await patient.run(["--apply", "--yes"]);
    expect(out).toMatch(
      /UNCLEAR {5}let the application use \S+mfa-oob: it was sent, and whether it took cannot be seen: .* status 503\.\n/,
    );
    expect(out.match(/^ {2}NOT MADE /gm)).toHaveLength(2);
    expect(patient.sent.filter((call) => /^(?:PUT|PATCH)/.test(call))).toEqual([CLIENT]);
    // What comes after it is not even looked at.
    const after = patient.sent.slice(patient.sent.indexOf(CLIENT) + 1);
    expect(after.filter((call) => call.includes("/guardian/"))).toEqual([]);
    expect(code).toBe(2);
  });

  test("shows the tenant's own words for a factor that the plan lacks, and makes the other changes", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: ["factor-push-off", "callback-missing"] });
    patient.tenant.settings.plan.push = false;
    const { out, code } = await patient.run(["--apply", "--yes"]);
    expect(out).toMatch(/FAILED {6}switch the factor "push-notification" on: the tenant said no: 403 "/);
    expect(out.match(/^ {2}done /gm)).toHaveLength(1);
    expect(code).toBe(1);
  });

  test("says which scope a change lacks, without trying it", async () => {
    const patient = createPatient({ scopes: ["read:clients", "read:guardian_factors"] });
    plantFaults(patient.tenant, { names: ["callback-missing"] });
    const { out } = await patient.run(["--apply", "--yes"]);
    expect(out).toContain("the token lacks the scope update:clients.");
    expect(patient.sent).not.toContain(CLIENT);
  });

  test("changes nothing of a tenant that does not have the application: it may be somebody else's", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: ["factor-sms-off"] });
    const { out, code } = await patient.run(["--apply", "--yes"], { env: { AUTH0_CLIENT_ID: "of-another-tenant" } });
    expect(out).toContain("factor-sms-off");
    expect(out).toContain("Plan: nothing that a command can set right.");
    expect(patient.tenant.settings.factors.phone).toBe(false);
    expect(code).toBe(2);
  });

  test("shows a list of the tenant's without what could write to the terminal", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: ["callback-missing"] });
    patient.tenant.clients[0]?.callbacks.push("https://a.test/\u001B[2J\u009B31m");
    const { out } = await patient.run(["--plan"]);
    expect(out).toContain("https://a.test/");
    // No control character but the end of a line.
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
  });
});
