import { describe, expect, test } from "vitest";
import { plantFaults, SETUP_FAULTS } from "../simulator/plant-faults.ts";
import { createPatient } from "./patient.ts";

describe("a sound tenant", () => {
  test("is well in every check, and the doctor ends with 0", async () => {
    const { code, out } = await createPatient().run([]);
    expect(out).toContain("All is well: nothing stands between this tenant and an enrollment.");
    expect(code).toBe(0);
  });

  test("is well for the password way in too, where the policy always asks", async () => {
    const patient = createPatient({ policy: "always" });
    expect(await patient.ids([], { env: { MFA_SIGN_IN: "password" } })).toEqual({ code: 0, ids: [] });
  });

  test("is only read: nothing but the two token calls is sent that could change anything", async () => {
    const patient = createPatient();
    await patient.run(["--plan"]);
    expect(new Set(patient.sent.filter((call) => !call.startsWith("GET ")))).toEqual(new Set(["POST /oauth/token"]));
    expect(patient.sent.length).toBeGreaterThan(12);
  });
});

/** The ways in for which a fault matters. */
const PASSWORD = ["grant-password-missing", "default-directory-empty", "policy-never"];
const REALM = ["grant-password-realm-missing"];

function envFor(id: string): Record<string, string> {
  if (REALM.includes(id)) return { MFA_SIGN_IN: "password", AUTH0_REALM: "Username-Password-Authentication" };
  return PASSWORD.includes(id) ? { MFA_SIGN_IN: "password" } : {};
}

describe("a fault that is planted alone", () => {
  test.each(SETUP_FAULTS.map(({ id }) => id))("is the only one that is reported: %s", async (id) => {
    const patient = createPatient({ policy: PASSWORD.includes(id) || REALM.includes(id) ? "always" : "never" });
    expect(plantFaults(patient.tenant, { names: [id] })).toEqual([id]);
    const { code, ids } = await patient.ids([], { env: envFor(id) });
    expect(ids).toEqual([id]);
    expect([1, 2]).toContain(code);
  });
});
