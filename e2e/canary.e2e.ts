import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { lastMessageId, readCode } from "../src/testing/read-code.ts";
import type { Sink } from "../src/testing/scan-for-secrets.ts";
import { createCanary, mintedBy } from "./canary.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson, contacts, phoneOfKim } from "./people.ts";
import { start } from "./servers.ts";

/** What the tenant mints for each way in and nobody but the BFF may ever see. */
const UNSEEN = {
  password: ["mfa_token", "oob_code", "access_token", "id_token"],
  redirect: ["oob_code", "access_token", "id_token"],
} as const;

const wrong = (code: string): string => (code === "000000" ? "111111" : "000000");

test("a wrong code, a number looked at again, a reload and a kept recovery code leave no trace", async ({
  context,
  page,
  pairFor,
  quick,
}) => {
  const site = await pairFor("password");
  const person = await addPerson(site);
  const canary = await createCanary(context, page, site);
  const after = await lastMessageId(site.outbox);
  const codeOfTheirs = () => readCode(site.outbox, { channel: "sms", to: contacts.sms, after });
  canary.mind("contact", contacts.sms);
  canary.mind("username", person.username);
  canary.mind("password", person.password);

  await page.goto(site.page);
  await quick.signInHere(person);
  await quick.addMethod();
  await quick.chooseChannel("sms");
  await quick.enterPhone("sms", contacts.sms);
  await quick.enterCode(wrong(await codeOfTheirs()));
  await quick.root.getByText("That code didn’t match. 4 tries left.").first().waitFor();
  await quick.root.getByRole("button", { name: "Change number" }).click();
  await quick.screen("Which number should we text?").waitFor();
  await page.reload();
  await quick.screen(/^Enter the code/).waitFor();
  await quick.enterCode(await codeOfTheirs());
  await quick.screen("Save your recovery code").waitFor();
  await page.reload();
  const shown = await quick.saveRecoveryCode();
  await quick.finish();

  expect(await canary.leaks()).toEqual([]);
  expect((await mintedBy(site)).map(({ value }) => value)).toContain(shown);
  expect([...(await canary.kindsSeen())]).toEqual(expect.arrayContaining(["code", "recovery_code", "contact"]));
});

for (const way of ["password", "redirect"] as const) {
  test(`somebody with a phone signs in by ${way}, proves it is them and adds an address without a trace`, async ({
    context,
    page,
    pairFor,
    quick,
  }) => {
    const site = await pairFor(way);
    const person = await addPerson(site, { phone: phoneOfKim });
    const canary = await createCanary(context, page, site);
    canary.mind("contact", contacts.email);
    canary.mind("username", person.username);
    canary.mind("password", person.password);
    const after = await lastMessageId(site.outbox);
    const codeOfTheirs = () => readCode(site.outbox, { channel: "sms", to: phoneOfKim, after });

    await page.goto(site.page);
    if (way === "password") await quick.signInHere(person);
    else await quick.signInByRedirect(person, codeOfTheirs);
    await quick.addMethod();
    await quick.chooseChannel("email");
    await quick.root.getByLabel("Email address").fill(contacts.email);
    await quick.root.getByRole("button", { name: "Email me a code" }).click();
    if (way === "password") {
      await quick.root.getByRole("button", { name: "Send code" }).click();
      await quick.enterCode(await codeOfTheirs());
      await quick.root.getByRole("button", { name: "Email me a code" }).click();
    }
    await quick.screen("Enter the code we emailed").waitFor();
    await quick.enterCode(await readCode(site.outbox, { channel: "email", to: contacts.email, after }));
    await quick.finish();

    expect(await canary.leaks()).toEqual([]);
    const minted = new Set((await mintedBy(site)).map(({ kind }) => kind));
    const seen = await canary.kindsSeen();
    for (const kind of UNSEEN[way]) {
      expect(minted, "what the tenant minted").toContain(kind);
      expect(seen, "what was seen anywhere").not.toContain(kind);
    }
  });
}

/** Ways in which a page could leak, each with the sink in which it must be found. */
const PLANTS: readonly (readonly [sink: Sink, how: string, plant: (secret: string) => unknown])[] = [
  ["storage", "localStorage", (secret) => localStorage.setItem("planted", secret)],
  ["storage", "sessionStorage, for a moment", putForAMoment],
  ["storage", "a database", putIntoDatabase],
  ["storage", "a cookie", (secret) => (document.cookie = `planted=${secret}`)],
  ["history", "the address", (secret) => history.replaceState(null, "", `?planted=${secret}`)],
  ["history", "the state of the history", (secret) => history.replaceState({ planted: secret }, "")],
  ["history", "the title", (secret) => (document.title = secret)],
  ["screen", "the page", (secret) => document.body.append(secret)],
  ["console", "the console", (secret) => console.log(secret)],
  ["request address", "an address", (secret) => fetch(`/planted?${secret}`)],
  ["request header", "a header", (secret) => fetch("/planted", { headers: { "X-Planted": secret } })],
  ["request body", "a body", (secret) => fetch("/planted", { method: "POST", body: secret })],
  ["answer header", "an answer's header", (secret) => fetch("/answer-header", { headers: { "X-Planted": secret } })],
  ["answer body", "an answer", (secret) => fetch("/answer-body", { headers: { "X-Planted": secret } })],
];

/** How the secret is dressed up, one after the other. */
const FORMS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => Buffer.from(secret).toString("base64"),
  (secret) => Buffer.from(secret).toString("hex"),
  (secret) => [...secret].toReversed().join(""),
  (secret) => Buffer.from(`"${secret}"`).toString("base64url"),
];

test("a secret that is planted in any place turns the scan red", async ({ context, page, pairFor }) => {
  const site = await pairFor("password");
  const canary = await createCanary(context, page, site);
  await page.route("**/planted*", (route) => route.fulfill({ body: "taken" }));
  await page.route("**/answer-*", (route) => {
    const secret = route.request().headers()["x-planted"] ?? "";
    return route.fulfill(
      route.request().url().endsWith("header") ? { headers: { "X-Careless": secret } } : { body: secret },
    );
  });
  await page.goto(site.page);
  expect(await canary.leaks()).toEqual([]);
  for (const [index, [sink, how, plant]] of PLANTS.entries()) {
    const secret = `${randomBytes(9).toString("base64url")} ${how}`.replaceAll(/[^\w-]/g, "");
    canary.mind(how, secret);
    await page.evaluate(plant, FORMS[index % FORMS.length]?.(secret) ?? secret);
    const found = (await canary.leaks()).filter(({ kind }) => kind === how);
    expect(
      found.map((leak) => leak.sink),
      how,
    ).toContain(sink);
    expect(JSON.stringify(found)).not.toContain(secret);
  }
});

test("a secret in a server's log turns the scan red", async ({ context, page, pairFor }, info) => {
  const site = await pairFor("password");
  const script = info.outputPath("careless.mjs");
  const value = site.secrets.find(({ kind }) => kind === "secret_key")?.value ?? "";
  expect(value).toHaveLength(44);
  writeFileSync(script, `console.error("could not open ${value}"); console.log("is up");`);
  const careless = await start(script, {}, /(is up)/);
  const logs = () => [...site.logs(), { name: "careless", text: careless.output() }];
  const canary = await createCanary(context, page, { ...site, logs });
  await page.goto(site.page);
  expect(await canary.leaks()).toEqual([{ kind: "secret_key", form: "plain", sink: "log", where: "careless" }]);
});

function putForAMoment(secret: string): void {
  sessionStorage.setItem("planted", secret);
  sessionStorage.removeItem("planted");
}

function putIntoDatabase(secret: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("planted");
    opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("things"));
    opening.addEventListener("error", () => reject(new Error("There is no database.")));
    opening.addEventListener("success", () => {
      const writing = opening.result.transaction("things", "readwrite");
      writing.objectStore("things").put({ secret }, "planted");
      writing.addEventListener("complete", () => {
        opening.result.close();
        resolve();
      });
    });
  });
}
