import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";
import { lastMessageId, readCode } from "../src/testing/read-code.ts";
import { createCanary } from "./canary.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson, CHANNELS, contacts, methodOf } from "./people.ts";
import { built } from "./servers.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

for (const way of ["redirect", "password"] as const) {
  for (const channel of CHANNELS) {
    test(`production server and tenant, apart: somebody signs in by ${way} and adds ${channel}, and nothing leaks`, async ({
      context,
      page,
      pairFor,
      enrollment,
    }) => {
      const site = await pairFor(way);
      const person = await addPerson(site);
      const canary = await createCanary(context, page, site);
      // Other tests may have written to the same contact, for this tenant is not started over.
      const after = await lastMessageId(site.outbox);
      canary.mind("username", person.username);
      canary.mind("password", person.password);
      canary.mind("contact", contacts[channel]);

      await page.goto(site.page);
      if (way === "password") await enrollment.signInHere(person);
      else await enrollment.signInByRedirect(person);
      await enrollment.addMethod();
      await enrollment.chooseChannel(channel);
      if (channel === "email") await enrollment.enterEmail(contacts.email);
      else await enrollment.enterPhone(channel, contacts[channel]);
      await enrollment.enterCode(await readCode(site.outbox, { channel, to: contacts[channel], after }));
      await enrollment.saveRecoveryCode();
      await enrollment.finish();
      expect(await enrollment.methods()).toEqual([expect.stringMatching(methodOf[channel])]);

      expect(await canary.leaks()).toEqual([]);
      const seen = await canary.kindsSeen();
      expect([...seen]).toEqual(
        expect.arrayContaining(["code", "recovery_code", "contact", "username", "our_session"]),
      );
      if (way === "redirect") expect(seen).toContain("authorization_code");
    });
  }
}

test("the production server without settings ends with 1 and names each one that is missing", () => {
  const done = spawnSync(process.execPath, [built("serve")], { env: {}, encoding: "utf8" });
  expect(done.status).toBe(1);
  for (const name of ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "MFA_PUBLIC_URL", "MFA_SECRET_KEY"]) {
    expect(done.stderr, name).toContain(name);
  }
  expect(done.stderr.trim().split("\n")).toHaveLength(5);
  expect(done.stdout).toBe("");
});

test("nothing of the simulator and the demo is in what production serves", () => {
  const text = (folder: string): string =>
    readdirSync(join(ROOT, "dist", folder), { recursive: true, withFileTypes: true })
      // A source map names what was read to be dropped again, and is served to nobody.
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".map"))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
  const marks = [
    "_control",
    "Simulated tenant",
    "mfa-enroll-demo",
    "Enroll-Demo-1",
    "demo-dock",
    "/demo/",
    "/scenarios",
    "smtp-server",
    "postal-mime",
    "TENANT_PORT",
    "auth0|robin",
    "robin@example.com",
    "kim@example.com",
    "K7M2P9Q4R8S3T6V5W1X2Y9ZA",
    "Nobody enrolled",
    "Gets no recovery codes",
    "Meridian",
    "customizableMfa",
    "chainedMfa",
    "mfaTokenMissing",
    "oldOobCodeSurvives",
    "badRecoveryCodes",
    "recoveryCodeIssued",
    "codeRefused",
    "associatedBefore",
    "afterCommit",
    "ABCDEFGHJKLMNPQRSTUVWXYZ123456789",
    "Fe26.2",
    "/u/login",
    "/u/mfa",
    "Never share it",
    "Wrong email or password",
    "answers on its own address only",
  ];
  const production = text("page") + text("server/serve");
  const demo = text("demo") + text("server/demo") + text("server/tenant");
  for (const mark of marks) {
    expect(demo, `the mark ${mark} is one`).toContain(mark);
    expect(production.includes(mark), `${mark} in production`).toBe(false);
  }
});

test("each first screen works with the scripts that its size is counted from, and no others", async ({
  page,
  pairFor,
  quick,
  complaints,
}) => {
  const listed = spawnSync(process.execPath, ["scripts/sizes.mjs", "--list"], { cwd: ROOT, encoding: "utf8" });
  const screens = z.array(z.object({ what: z.string(), files: z.array(z.string()) })).parse(JSON.parse(listed.stdout));
  const only = async (what: string): Promise<void> => {
    const { files = [] } = screens.find((screen) => screen.what === what) ?? {};
    expect(files.length, what).toBeGreaterThan(0);
    await page.unrouteAll();
    await page.route("**/assets/**/*.js", (route) => {
      const wanted = files.includes(new URL(route.request().url()).pathname.slice(1));
      return wanted ? route.continue() : route.abort("blockedbyclient");
    });
  };

  const byRedirect = await pairFor("redirect");
  await only("signing in by redirect");
  await page.goto(byRedirect.page);
  await quick.root.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Email address").waitFor();

  const byPassword = await pairFor("password");
  await only("signing in with a password");
  await page.goto(byPassword.page);
  const person = await addPerson(byPassword);
  // The words for a refusal come later. Where they do not come, the form says at least that something is amiss.
  await quick.root.getByLabel("Email or username").fill(person.username);
  await quick.root.getByLabel("Password").fill("not the password");
  await quick.root.getByRole("button", { name: "Sign in", exact: true }).click();
  await quick.root.getByText("We couldn’t reach the service. Nothing you entered is lost.").first().waitFor();
  await quick.signInHere(person);

  await only("the panel of somebody signed in");
  await page.reload();
  await quick.addMethod();
  await quick.screen("How should we check it’s you?").waitFor();
  expect(complaints.filter((complaint) => !complaint.includes("BLOCKED_BY_CLIENT"))).toEqual([]);
  complaints.length = 0;
});
