import { expect, test } from "vitest";
import { plantFaults } from "../simulator/plant-faults.ts";
import { createPatient } from "./patient.ts";

test("a report on a broken tenant counts what it found and ends with 2", async () => {
  const patient = createPatient();
  plantFaults(patient.tenant, { names: ["factor-sms-off", "policy-always"] });
  const { out, code } = await patient.run([]);
  expect(out).toContain("1 fault, 1 warning, 0 could not be seen.");
  expect(out).toContain('API        PUT /api/v2/guardian/factors/sms {"enabled":true}');
  expect(code).toBe(2);
});

test("a report fits the terminal, from sixty columns to a hundred; only a word that is longer does not", async () => {
  const patient = createPatient();
  plantFaults(patient.tenant, { names: ["factor-sms-off", "policy-always", "phone-provider-none"] });
  for (const [columns, width] of [
    [20, 60],
    [72, 72],
    [300, 100],
  ] as const) {
    const { out } = await patient.run([], { columns });
    const [checks = ""] = out.split(/\n\n2 faults/);
    const lines = checks.split("\n");
    const long = lines.filter((line) => line.length > width && /\S\s\S/.test(line.slice(37)));
    expect(long).toEqual([]);
    expect(Math.max(...lines.filter((line) => /\s\w+$/.test(line)).map((line) => line.length))).toBeGreaterThan(
      width - 12,
    );
  }
});

test("what hides several checks is told in full once, and they name the first of them", async () => {
  const { out } = await createPatient().run([], { env: { AUTH0_DOCTOR_CLIENT_SECRET: "another" } });
  const text = out.replaceAll(/\s+/g, " ");
  expect(text.match(/Could not be seen: the tenant does not take this client id and secret/g)).toHaveLength(1);
  expect(text.match(/Could not be seen, as above: Application\./g)).toHaveLength(7);
});
