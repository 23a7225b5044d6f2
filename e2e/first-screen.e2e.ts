import type { Page } from "playwright/test";
import type { TestPerson } from "../src/testing/enrollment-page.ts";
import { contacts, people } from "./people.ts";
import { expect, test } from "./fixtures.ts";
import type { Site } from "./servers.ts";

/** Signs in without a page, as somebody who has been here before. */
async function signedIn(page: Page, demo: Site, { username, password }: TestPerson): Promise<void> {
  const answer = await page.request.post(`${demo.page}/api/mfa/sign-in`, {
    headers: { Origin: demo.page, "X-MFA-Enroll": "1" },
    data: { way: "password", username, password },
  });
  expect(answer.status()).toBe(200);
}

/** Keeps every script of the page back until it is let go. */
async function holdScripts(page: Page): Promise<() => void> {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route("**/assets/*.js", async (route) => {
    await held;
    await route.continue();
  });
  return go;
}

test("somebody who presses before any program is there is taken where they wanted", async ({ page, demo }) => {
  await signedIn(page, demo, people.robin);
  const letGo = await holdScripts(page);
  await page.goto(demo.page, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Add a method" }).click();
  await expect(page.getByRole("heading", { name: "Sign-in methods" })).toBeVisible();
  letGo();
  await expect(page.getByRole("heading", { name: "How should we check it’s you?" })).toBeFocused();
});

test("what is likely next is asked for in turns, each by the file before it", async ({ page, demo }) => {
  await signedIn(page, demo, people.robin);
  const answer = await page.goto(`${demo.page}/enroll`);
  const drawn = (await answer?.text()) ?? "";
  expect(drawn).toMatch(
    /index-[^>]*><template><link[^>]*engine-[^>]*><template>.*enter-phone-.*<\/template><\/template><script/,
  );
  await expect(page.locator("head template")).toHaveCount(0);
  await expect(page.locator("head link[rel=modulepreload][href*=enter-phone]")).toHaveCount(1);
});

test("a choice that was made and confirmed before any program was there is the one that counts", async ({
  page,
  demo,
}) => {
  await signedIn(page, demo, people.robin);
  const letGo = await holdScripts(page);
  await page.goto(`${demo.page}/enroll`, { waitUntil: "commit" });
  await page.getByRole("radio", { name: "Email" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${demo.page}/enroll`);
  letGo();
  await page.getByRole("textbox", { name: "Email address" }).fill(contacts.email);
});

test("what is pressed once the program is there is pressed once", async ({ page, demo }) => {
  await signedIn(page, demo, people.robin);
  await page.goto(`${demo.page}/enroll`);
  await expect(page.locator("#sign-in-methods[data-alive]")).toBeVisible();
  await page.getByRole("radio", { name: "Email" }).click();
  await expect(page.getByRole("radio", { name: "Email" })).toBeChecked();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("textbox", { name: "Email address" })).toBeVisible();
  await expect(page.locator("[data-pressed]")).toHaveCount(0);
});

test("nothing of the first screen moves when the program takes it over", async ({ page, demo }) => {
  await page.goto(`${demo.page}/?scenario=replace-a-method`);
  await page.addInitScript(() => {
    // Only Chromium tells what has moved; the place of the panel is looked at everywhere.
    if (!PerformanceObserver.supportedEntryTypes.includes("layout-shift")) return;
    let moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ("value" in entry) moved += Number(entry.value);
      document.documentElement.dataset["moved"] = String(moved);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const letGo = await holdScripts(page);
  await page.goto(demo.page, { waitUntil: "commit" });
  const place = page.locator("#sign-in-methods");
  const heading = place.getByRole("heading", { name: "Sign-in methods" });
  await expect(heading).toBeVisible();
  const before = await place.boundingBox();
  letGo();
  await expect(place.getByText(/^As of/)).toBeVisible();
  expect(await place.boundingBox()).toEqual(before);
  // In parts of the view: a thousandth is a pixel of this one.
  expect(Number(await page.locator("html").getAttribute("data-moved"))).toBeLessThan(0.001);
});

test("a page whose program cannot be fetched says so and offers to load it again", async ({
  page,
  demo,
  complaints,
}) => {
  await signedIn(page, demo, people.robin);
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto(demo.page);
  await expect(page.getByText("did not load completely")).toBeVisible();
  await expect(page.getByRole("link", { name: "Load the page again" })).toBeVisible();
  complaints.length = 0;
});
