import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";
import { lastMessageId, readCode } from "../src/testing/read-code.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson, contacts, methodOf } from "./people.ts";
import { built, type Site, startPair } from "./servers.ts";

/*
 * The built command against a tenant that is broken at random, and people who then enroll.
 */

/** The tenant bears two calls of the doctor a second, as Auth0's free ones do, and two people enroll; a busy machine takes three times that. */
test.describe.configure({ timeout: 180_000 });

/** Draws what can all be mended and still lets people sign in: texts, mails and the Guardian app are switched off. */
const SEED = "15";

const reportSchema = z.object({
  exitCode: z.number(),
  checks: z.array(z.object({ id: z.string(), level: z.string() })),
  outcomes: z.optional(z.array(z.object({ id: z.string(), outcome: z.string() }))),
});

/** Reads what a tenant prints to be exported, and adds what the server has beside it. */
function environmentFor(site: Site): Record<string, string> {
  const printed = site.logs().find(({ name }) => name === "tenant")?.text ?? "";
  const key = site.secrets.find(({ kind }) => kind === "secret_key")?.value ?? "";
  const env: Record<string, string> = { MFA_SECRET_KEY: key };
  for (const [, name = "", value = ""] of printed.matchAll(/export (\w+)=(\S+)/g)) env[name] = value;
  return env;
}

/** Runs the command as a child, the built one by default; `reads` gives up its output after the first piece, as `head` does. */
async function doctor(
  env: Record<string, string>,
  args: string[],
  { reads = true, command = built("doctor") }: { reads?: boolean; command?: string } = {},
) {
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, said] = ["", ""];
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    if (!reads) child.stdout.destroy();
  });
  await once(child, "close");
  return { code: child.exitCode, out, said };
}

const findings = (out: string) => {
  const report = reportSchema.parse(JSON.parse(out));
  return { ...report, ids: report.checks.filter(({ level }) => level !== "ok").map(({ id }) => id) };
};

test("on a broken tenant nobody adds a text; the doctor finds why and mends it; then text and email are added", async ({
  page,
  context,
  quick,
}) => {
  const site = await startPair("redirect", {}, ["--broken", "--seed", SEED]);
  try {
    const [first, second] = [await addPerson(site), await addPerson(site)];
    await page.goto(site.page);
    await quick.signInByRedirect(first);
    await quick.addMethod();
    await quick.chooseChannel("sms");
    await quick.root.getByLabel("Phone number").fill(contacts.sms);
    await quick.root.getByRole("button", { name: "Text me a code" }).click();
    await quick.screen("This method isn’t available").waitFor();
    expect(await lastMessageId(site.outbox)).toBeNull();

    const env = environmentFor(site);
    const broken = findings((await doctor(env, ["--json"])).out);
    expect(broken.exitCode).toBe(2);
    expect(broken.ids).toContain("factor-sms-off");
    const mended = await doctor(env, ["--apply", "--yes", "--json"]);
    expect(mended.code).toBe(0);
    expect(findings(mended.out).outcomes?.map(({ id, outcome }) => `${id}: ${outcome}`)).toEqual(
      broken.ids.map((id) => `${id}: done`),
    );

    // It leaves a channel that the tenant has refused out for ten minutes.
    await site.restart?.();
    for (const [person, channel] of [
      [first, "sms"],
      [second, "email"],
    ] as const) {
      await context.clearCookies();
      await page.goto(site.page);
      await quick.signInByRedirect(person);
      await quick.addMethod();
      await quick.chooseChannel(channel);
      if (channel === "email") await quick.enterEmail(contacts.email);
      else await quick.enterPhone(channel, contacts.sms);
      await quick.enterCode(await readCode(site.outbox, { channel, to: contacts[channel] }));
      await quick.saveRecoveryCode();
      await quick.finish();
      expect(await quick.methods()).toEqual([expect.stringMatching(methodOf[channel])]);
    }
  } finally {
    await site.stop();
  }
});

test("the built doctor ends with 0, 1, 2 or 3 as it says, and shows no secret in any of them", async ({ pairFor }) => {
  const env = environmentFor(await pairFor("redirect"));
  const well = await doctor(env, ["--json"]);
  expect(well.code, well.said).toBe(0);
  expect(findings(well.out)).toMatchObject({ exitCode: 0, ids: [] });
  const warned = await doctor({ ...env, AUTH0_MANAGEMENT_CLIENT_SECRET: "wrong-secret-one" }, ["--json"]);
  expect(warned.code).toBe(1);
  expect(findings(warned.out).ids).toEqual(["recovery-credential"]);
  const failed = await doctor({ ...env, AUTH0_CLIENT_SECRET: "wrong-secret-two", NO_COLOR: "1" }, []);
  expect(failed.code).toBe(2);
  expect(failed.out).toContain("client-secret-wrong");
  expect(failed.out).not.toContain("\u001B");
  const { AUTH0_DOCTOR_CLIENT_SECRET: _, ...unable } = env;
  const runs = [well, warned, failed, await doctor(unable, []), await doctor(env, ["typed-by-mistake"])];
  expect(runs.map(({ code }) => code)).toEqual([0, 1, 2, 3, 3]);
  const shown = JSON.stringify(runs);
  const secrets = Object.entries(env).flatMap(([name, value]) => (/SECRET/.test(name) ? [value] : []));
  expect(secrets).toHaveLength(4);
  for (const secret of [...secrets, "wrong-secret", "typed-by-mistake", "eyJ"]) expect(shown).not.toContain(secret);
});

test("the demo's doctor looks at no tenant but its own, whatever the environment says of another", async () => {
  const ofAnother = {
    PATH: process.env["PATH"] ?? "",
    AUTH0_DOMAIN: "http://127.0.0.1:9",
    AUTH0_DOCTOR_TOKEN: "of.another.tenant",
    AUTH0_MANAGEMENT_AUDIENCE: "https://another.example/api/v2/",
  };
  const command = fileURLToPath(new URL("../scripts/doctor.mjs", import.meta.url));
  const { code, out } = await doctor(ofAnother, ["--demo", "--json"], { command });
  expect(findings(out).ids).toEqual([]);
  expect(code).toBe(0);
});

test("the built doctor makes all its changes where nobody reads its report to the end", async () => {
  const site = await startPair("redirect", {}, ["--broken", "--seed", SEED]);
  try {
    const env = environmentFor(site);
    const cut = await doctor(env, ["--apply", "--yes"], { reads: false });
    expect(cut.said).not.toContain("EPIPE");
    expect(cut.code).toBe(0);
    expect(findings((await doctor(env, ["--json"])).out).ids).toEqual([]);
  } finally {
    await site.stop();
  }
});

test("the built doctor that is stopped in the midst says what was not made, and goes on when it is run again", async () => {
  const site = await startPair("redirect", {}, ["--broken", "--seed", SEED]);
  try {
    const env = environmentFor(site);
    const child = spawn(process.execPath, [built("doctor"), "--apply", "--yes"], { env });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (!/^ {2}done/m.test(out) && /^ {2}done/m.test(out + chunk.toString())) child.kill("SIGINT");
      out += chunk.toString();
    });
    await once(child, "close");
    expect(child.exitCode).toBe(130);
    expect(out).toMatch(/NOT MADE .*it was stopped before/);
    expect(out).toContain("Stopped. Run it again whenever you like");
    const again = await doctor(env, ["--apply", "--yes", "--json"]);
    expect(again.code).toBe(0);
    expect(findings(again.out).outcomes?.length).toBeLessThan(3);
  } finally {
    await site.stop();
  }
});
