import { lastMessageId, readCode } from "../../src/testing/read-code.ts";
import { createEnrollmentPage } from "../../src/testing/enrollment-page.ts";
import { expect, test } from "../fixtures.ts";
import { addPerson } from "../people.ts";
import { startPair } from "../servers.ts";
import { startSharedCache } from "./shared-cache.ts";

test("a cache that people share keeps the page's parts and nothing of anybody's", async ({ page, browser, quick }) => {
  const cache = await startSharedCache();
  const origin = `http://localhost:${String(cache.port)}`;
  const site = await startPair("password", { MFA_PUBLIC_URL: origin });
  try {
    cache.leadTo(Number(new URL(site.page).port));
    const person = await addPerson(site);
    const contact = `second.${person.username}`;
    await page.goto(origin);
    await quick.signInHere(person);
    await quick.addMethod();
    await quick.chooseChannel("email");
    const after = await lastMessageId(site.outbox);
    await quick.enterEmail(contact);
    await quick.enterCode(await readCode(site.outbox, { channel: "email", to: contact, after }));
    const recoveryCode = await quick.saveRecoveryCode();
    await quick.finish();

    // Somebody else behind the same cache.
    const context = await browser.newContext();
    const other = await context.newPage();
    const others = createEnrollmentPage(other);
    await other.goto(origin);
    await others.screen("Sign in to see your sign-in methods").waitFor();
    await others.signInHere(await addPerson(site));
    expect(await others.methods()).toEqual([]);
    expect(await other.content()).not.toContain(recoveryCode);
    await context.close();

    expect([...cache.kept.keys()].filter((key) => !/^GET \/(?:assets\/|favicon\.svg$)/.test(key))).toEqual([]);
    expect(cache.kept.size).toBeGreaterThan(5);
    const doors = new Set(cache.passed.filter((key) => key.includes("/api/")));
    expect([...doors]).toEqual(expect.arrayContaining(["POST /api/mfa/sign-in", "POST /api/mfa/recovery-code"]));
    expect(cache.passed).toContain("GET /");
  } finally {
    await cache.stop();
    await site.stop();
  }
});
