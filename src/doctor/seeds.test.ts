import { describe, expect, test } from "vitest";
import { plantFaults } from "../simulator/plant-faults.ts";
import { createPatient, type Patient } from "./patient.ts";

/** What no command can set right: it needs somebody's credentials, or somebody's decision. */
const BY_HAND = /^(?:phone-provider|email-provider|policy)-/;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

type WayIn = { env: Record<string, string>; drawn: { signIn: ("redirect" | "password")[]; realm: boolean } };

const WAYS: readonly (readonly [string, WayIn])[] = [
  ["redirect", { env: {}, drawn: { signIn: ["redirect"], realm: false } }],
  ["password", { env: { MFA_SIGN_IN: "password" }, drawn: { signIn: ["password"], realm: false } }],
  [
    "password with a realm",
    {
      env: { MFA_SIGN_IN: "password", AUTH0_REALM: "Username-Password-Authentication" },
      drawn: { signIn: ["password"], realm: true },
    },
  ],
];

function broken(way: WayIn, seed: number): { patient: Patient; planted: string[] } {
  const patient = createPatient({ policy: way.drawn.signIn.includes("password") ? "always" : "never" });
  return { patient, planted: plantFaults(patient.tenant, { seed, ...way.drawn }) };
}

describe.each(WAYS)("a tenant broken at random, with the way in by %s", (_, way) => {
  test.each(SEEDS)("has the planted faults and no other, is mended, and is well afterwards: seed %i", async (seed) => {
    const { patient, planted } = broken(way, seed);
    expect(planted.length).toBeGreaterThanOrEqual(3);
    const before = await patient.ids([], way);
    expect(before.ids.toSorted()).toEqual(planted.toSorted());
    const { out } = await patient.run(["--plan", "--json"], way);
    // What our own command wrote for machines.
    const { plan } = JSON.parse(out) as { plan: { id: string }[] };
    const mendable = planted.filter((id) => !BY_HAND.test(id)).toSorted();
    expect([...new Set(plan.map(({ id }) => id))].toSorted()).toEqual(mendable);
    const left = planted.filter((id) => BY_HAND.test(id)).toSorted();
    expect((await patient.ids(["--apply", "--yes"], way)).ids.toSorted()).toEqual(left);
    const again = await patient.ids([], way);
    expect(again.ids.toSorted()).toEqual(left);
    if (left.length === 0) expect(again.code).toBe(0);
  });
});
