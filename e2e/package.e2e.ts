import { enrollOn, expect, test } from "./package-fixtures.ts";
import { people } from "./people.ts";

/*
 * The package as it is packed, in other people's pages and on their servers: what they import comes from the installed archive alone.
 */

const HEARD = [["mfa-enrolled", { channel: "sms", replaced: false }], ["mfa-close"]];

for (const server of ["express", "fastify", "hono"]) {
  test(`the element enrolls a phone in a page with a strict policy and hostile styles, on ${server}`, async ({
    page,
    hostOn,
  }) => {
    expect(await enrollOn(page, await hostOn(server), "/index.html")).toEqual(HEARD);
  });
}

test("the element enrolls in the page's own tree, where password managers look", async ({ page, hostOn }) => {
  expect(await enrollOn(page, await hostOn("express"), "/light.html")).toEqual(HEARD);
});

test("the React door enrolls in an app that Vite has built from the archive", async ({ page, hostOn }) => {
  expect(await enrollOn(page, await hostOn("express"), "/react/index.html")).toEqual(HEARD);
});

test("nothing of the page's styles reaches into the element, and nothing of its own comes out", async ({
  page,
  hostOn,
}) => {
  const host = await hostOn("express");
  await page.goto(`${host.page}/index.html`);
  const button = page.getByRole("button", { name: "Sign in", exact: true }).first();
  await expect(button).toBeVisible();
  expect(await button.evaluate((one) => getComputedStyle(one).textTransform)).toBe("none");
  expect(await page.locator("h1").evaluate((one) => getComputedStyle(one).color)).toBe("rgb(255, 0, 0)");
});

test("a page with the script that asks who is there asks once, and the React door's first picture has the answer", async ({
  page,
  hostOn,
}) => {
  const host = await hostOn("express");
  const signedIn = await page.request.post(`${host.page}/api/mfa/sign-in`, {
    headers: { Origin: host.page, "X-MFA-Enroll": "1" },
    data: { way: "password", ...people.robin },
  });
  expect(signedIn.status()).toBe(200);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/mfa/")) asked.push(new URL(request.url()).pathname);
  });
  // The app comes when the answer is there, as on a slow line.
  let answered = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answered = resolve;
  });
  page.on("requestfinished", (request) => {
    if (request.url().endsWith("/api/mfa/session")) answered();
  });
  await page.route("**/react/assets/index-*.js", async (route) => {
    await isAnswered;
    await page.waitForFunction(() => globalThis.mfaAsked?.view !== undefined);
    await route.continue();
  });
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector(".mfa-loading")) document.documentElement.dataset["waited"] = "";
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${host.page}/react/index.html`);
  await expect(page.getByRole("heading", { name: "Sign-in methods" })).toBeVisible();
  await expect(page.locator("html[data-waited]")).toHaveCount(0);
  expect(asked).toEqual(["/api/mfa/session"]);
});
