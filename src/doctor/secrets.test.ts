import { expect, test } from "vitest";
import { DEMO_PASSWORD } from "../simulator/people.ts";
import { plantFaults } from "../simulator/plant-faults.ts";
import { createPatient } from "./patient.ts";

test("no run shows or reports a secret, a token, a password or a code", async () => {
  const patient = createPatient();
  plantFaults(patient.tenant, { names: ["callback-missing", "phone-provider-trial"] });
  const bearers = new Set<string>();
  patient.intercept = async ({ headers }) => {
    const bearer = headers.get("authorization")?.replace("Bearer ", "");
    if (bearer) bearers.add(bearer);
    return undefined;
  };
  const key = Buffer.alloc(32, 9).toString("base64");
  const env = {
    MFA_SIGN_IN: "redirect,password",
    MFA_SECRET_KEY: key,
    REDIS_URL: "redis://user:redis-password@redis.test",
    AUTH0_DOCTOR_USERNAME: "robin@example.com",
    AUTH0_DOCTOR_PASSWORD: DEMO_PASSWORD,
  };
  const send = ["--probe", "--send", "email:robin@mail.test"];
  const code = () => patient.tenant.outbox.list().at(-1)?.code ?? "";
  const runs = [
    await patient.run(send, { env, answers: [code], redis: false }),
    await patient.run(["--apply", "--yes", "--json", "--probe"], { env }),
    await patient.run(["--plan"], {
      env: { ...env, AUTH0_DOCTOR_CLIENT_SECRET: "a-wrong-secret", MFA_SECRET_KEY: "too-short" },
    }),
    await patient.run([], { env: { ...env, AUTH0_DOCTOR_TOKEN: "a token with a space" } }),
    await patient.run(["--token", "typed-by-mistake"], { env }),
  ];
  const shown = JSON.stringify(runs);
  const secrets = [
    "mfa-enroll-demo-secret",
    "mfa-enroll-doctor-secret",
    "mfa-enroll-management-secret",
    "a-wrong-secret",
    "too-short",
    "a token with a space",
    "typed-by-mistake",
    "redis-password",
    DEMO_PASSWORD,
    key,
    code(),
    ...bearers,
    ...patient.tenant.minted().map(({ value }) => value),
  ];
  expect(bearers.size).toBeGreaterThanOrEqual(2);
  expect(secrets.length).toBeGreaterThan(15);
  expect(secrets.filter((secret) => secret === "" || shown.includes(secret))).toEqual([]);
});
