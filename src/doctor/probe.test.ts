import { describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "../simulator/people.ts";
import { plantFaults } from "../simulator/plant-faults.ts";
import { createPatient, type Patient, type Ran } from "./patient.ts";

const NUMBER = "+12025550147";
const lastCode = (patient: Patient) => () => patient.tenant.outbox.list().at(-1)?.code ?? "";
const flat = ({ out }: Ran) => out.replaceAll(/\s+/g, " ");

function by(way: "password" | "redirect", person = "robin"): Record<string, string> {
  return {
    MFA_SIGN_IN: way,
    // Its policy finding has tests of its own.
    AUTH0_REALM: "Username-Password-Authentication",
    AUTH0_DOCTOR_USERNAME: `${person}@example.com`,
    AUTH0_DOCTOR_PASSWORD: DEMO_PASSWORD,
  };
}

/** A token for the MFA API as a browser would bring it from the tenant's page. */
async function mfaToken({ tenant }: Patient): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "password",
    client_id: "mfa-enroll-demo",
    client_secret: "mfa-enroll-demo-secret",
    username: "robin@example.com",
    password: DEMO_PASSWORD,
    audience: "https://tenant.test/mfa/",
    scope: "enroll read:authenticators remove:authenticators",
  });
  const answer = await tenant.fetch(new Request("https://tenant.test/oauth/token", { method: "POST", body }));
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe("--probe with the password way in", () => {
  test("signs in, lists what the person has, and sends nothing by itself", async () => {
    const patient = createPatient({ policy: "always" });
    const ran = await patient.run(["--probe"], { env: by("password") });
    expect(flat(ran)).toContain("answered mfa_required with an mfa_token, which begins an enrollment");
    expect(flat(ran)).toContain("none yet");
    expect(patient.tenant.outbox.list()).toEqual([]);
    expect(ran.code).toBe(0);
  });

  test.each([
    ["sms", `sms:${NUMBER}`],
    ["voice", `voice:${NUMBER}`],
    ["email", "email:robin@mail.test"],
  ])("sends one code by %s and confirms it with the mfa_token", async (channel, send) => {
    const patient = createPatient({ policy: "always" });
    const answers = [lastCode(patient)];
    const ran = await patient.run(["--probe", "--send", send], { env: by("password"), answers });
    expect(patient.tenant.outbox.list()).toMatchObject([{ channel }]);
    expect(flat(ran)).toContain(
      "the code was taken with the mfa_token; that the MFA API's token serves in its place is not shown",
    );
    expect(ran.code).toBe(0);
  });

  test("shows that a token of the MFA API confirms in the place of mfa_token, where the policy does not ask", async () => {
    const patient = createPatient();
    const answers = [lastCode(patient)];
    const ran = await patient.run(["--probe", "--send", `sms:${NUMBER}`], { env: by("password"), answers });
    expect(flat(ran)).toContain("the code was taken with the MFA API's token in the place of mfa_token");
    expect(patient.tenant.people.get("auth0|robin")?.authenticators.some(({ active }) => active)).toBe(true);
  });

  test("says plainly when a tenant does not take that token", async () => {
    const patient = createPatient();
    patient.intercept = async (request) => {
      const text = await request.clone().text();
      const refusal = { error: "invalid_grant", error_description: "Malformed mfa_token" };
      return text.includes("mfa-oob") ? Response.json(refusal, { status: 403 }) : undefined;
    };
    const answers = [lastCode(patient)];
    const ran = await patient.run(["--probe", "--send", `sms:${NUMBER}`], { env: by("password"), answers });
    expect(flat(ran)).toContain(
      'does not take the MFA API\'s token in the place of mfa_token: 403 "Malformed mfa_token"',
    );
    expect(flat(ran)).toContain("on this tenant people get a code and can never confirm it");
    expect(ran.code).toBe(2);
  });

  test("takes the code as an option where nobody can type, and says when it is wrong", async () => {
    const args = ["--probe", "--send", `sms:${NUMBER}`, "--code", "000000"];
    const ran = await createPatient().run(args, { env: by("password") });
    expect(flat(ran)).toContain('the tenant says that the code is wrong (403 "Invalid binding_code.")');
    const untyped = await createPatient().run(args.slice(0, 3), { env: by("password") });
    expect(flat(untyped)).toContain("nobody typed the code; one method is left unconfirmed.");
  });

  test("says that somebody who has a method already proves nothing", async () => {
    const patient = createPatient({ policy: "always" });
    const ran = await patient.run(["--probe", "--send", `sms:${NUMBER}`], { env: by("password", "kim") });
    expect(flat(ran)).toContain("Use a test person without any method.");
    expect(patient.tenant.outbox.list()).toEqual([]);
  });

  test("says what an Action's MFA without mfa_token means", async () => {
    const patient = createPatient({ policy: "always" });
    patient.tenant.settings.mfaTokenMissing = true;
    const ran = await patient.run(["--probe"], { env: by("password") });
    expect(flat(ran)).toContain("mfa_required and gave no mfa_token");
    expect(ran.code).toBe(2);
  });

  test("tries a password once alone, also where the answer was lost", async () => {
    const patient = createPatient({ policy: "always" });
    let tries = 0;
    patient.intercept = async (request) => {
      const isSignIn = (await request.clone().text()).includes("username=");
      if (isSignIn) tries += 1;
      return isSignIn && tries === 2 ? new Response("", { status: 503 }) : undefined;
    };
    const env = { ...by("password"), AUTH0_DOCTOR_PASSWORD: undefined };
    const wrong = await patient.run(["--probe"], { env, answers: ["not-the-password"] });
    expect(wrong.asked).toEqual(["Their password (not shown): "]);
    expect(flat(wrong)).toContain('The tenant said 403 "Wrong email or password.".');
    await patient.run(["--probe"], { env: by("password") });
    expect(tries).toBe(2);
  });

  test("cannot do without a test person", async () => {
    const env = { ...by("password"), AUTH0_DOCTOR_USERNAME: undefined };
    const ran = await createPatient({ policy: "always" }).run(["--probe"], { env });
    expect(flat(ran)).toContain("set AUTH0_DOCTOR_USERNAME and AUTH0_DOCTOR_PASSWORD");
    expect(ran.code).toBe(1);
  });
});

describe("--probe with the redirect way in", () => {
  test("looks whether the tenant's page opens, and says what a command cannot prove", async () => {
    const ran = await createPatient().run(["--probe"], { env: by("redirect") });
    expect(flat(ran)).toContain("it opens for this application, callback and MFA API");
    expect(flat(ran)).toContain("a command cannot sign in on the tenant's page");
    expect(ran.code).toBe(1);
  });

  test("finds a page that does not open", async () => {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: ["callback-missing"] });
    const { ids } = await patient.ids(["--probe"], { env: by("redirect") });
    expect(ids).toContain("probe-sign-in-page");
  });

  test("goes on with a token that was given, to a confirmed method", async () => {
    const patient = createPatient();
    const env = { ...by("redirect"), AUTH0_DOCTOR_MFA_TOKEN: await mfaToken(patient) };
    const args = ["--probe", "--send", "email:robin@mail.test"];
    const ran = await patient.run(args, { env, answers: [lastCode(patient)] });
    expect(flat(ran)).toContain("the code was taken with the MFA API's token in the place of mfa_token");
    expect(ran.code).toBe(0);
  });

  test("says what is wrong with a token that was given", async () => {
    const env = { ...by("redirect"), AUTH0_DOCTOR_MFA_TOKEN: "e30.e30.x" };
    const { ids, code } = await createPatient().ids(["--probe"], { env });
    expect(ids).toEqual(["probe-list"]);
    expect(code).toBe(2);
  });
});

describe("a tenant that was mended", () => {
  test.each([
    ["sms", `sms:${NUMBER}`],
    ["email", "email:robin@mail.test"],
  ])("lets somebody enroll by %s, who could not before", async (_, send) => {
    const patient = createPatient();
    const names = ["factor-sms-off", "factor-email-off", "grant-mfa-oob-missing", "message-types-without-sms"];
    plantFaults(patient.tenant, { names });
    const env = by("password");
    const probing = () => patient.ids(["--probe", "--send", send], { env, answers: [lastCode(patient)] });
    expect((await probing()).ids).toContain("probe-message");
    await patient.run(["--apply", "--yes"], { env });
    const after = await patient.run(["--probe", "--send", send], { env, answers: [lastCode(patient)] });
    expect(flat(after)).toContain("the code was taken");
  });
});
