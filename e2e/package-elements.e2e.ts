import { execFileSync } from "node:child_process";
import type { Page } from "playwright/test";
import { createEnrollmentPage } from "../src/testing/enrollment-page.ts";
import { enrollOn, expect, hosts, test, toTheCode } from "./package-fixtures.ts";

/*
 * The elements among other things of a page: beside each other, moved, taken out and put in again, under its theme.
 */

const HEARD = [["mfa-enrolled", { channel: "sms", replaced: false }], ["mfa-close"]];

/** Notes what the page asks of the BFF from now on, as `POST /enrollment`. */
function asked(page: Page): string[] {
  const requests: string[] = [];
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (path.startsWith("/api/mfa/")) requests.push(`${request.method()} ${path.slice("/api/mfa".length)}`);
  });
  return requests;
}

const sent = (requests: string[]) => requests.filter((request) => !request.startsWith("GET"));
const codeFieldOf = (page: Page, element: string) => page.locator(element).getByLabel("Six-digit code");

/** Enters the code, saves the recovery code and leaves for the panel. */
async function finish(page: Page, code: string) {
  const enrollment = createEnrollmentPage(page);
  await enrollment.enterCode(code);
  await enrollment.saveRecoveryCode();
  await enrollment.finish();
}

test("of two panels on a page the one that acted tells, the other sees it, and nothing is sent twice", async ({
  page,
  hostOn,
}) => {
  const requests = asked(page);
  expect(await enrollOn(page, await hostOn("express"), "/two.html")).toEqual(HEARD);
  await expect(page.locator("#second").getByRole("listitem")).toHaveText(/^Text message and voice call/);
  expect(await page.evaluate("window.tellers")).toEqual([
    ["first", "mfa-enrolled"],
    ["first", "mfa-close"],
  ]);
  expect(sent(requests)).toEqual([
    "POST /sign-in",
    "POST /enrollment",
    "POST /enrollment/confirm",
    "POST /recovery-code",
    "POST /recovery-code/acknowledge",
  ]);
});

test("a panel and a wizard in the page's own tree have no id in common", async ({ page, hostOn }) => {
  const host = await hostOn("express");
  await page.goto(`${host.page}/two-light.html`);
  // On the same screen both count as far.
  for (const element of ["#first", "#second"]) await page.locator(element).getByLabel("Password").waitFor();
  const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(4);
  expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  const sheets = () => page.evaluate(() => document.adoptedStyleSheets.length);
  await expect.poll(sheets, "the page adopts the look of the first and of the later screens once").toBe(2);
});

test("an element that is moved in the midst of the code keeps it, and asks nothing", async ({ page, hostOn }) => {
  const code = await toTheCode(page, await hostOn("express"), "/two.html");
  const field = codeFieldOf(page, "#first");
  await field.pressSequentially(code.slice(0, 3));
  const requests = asked(page);
  await page.evaluate(async () => {
    const [first, second] = document.querySelectorAll("mfa-settings");
    if (!first || !second) throw new Error("There are not two of them.");
    const pause = () => new Promise((done) => setTimeout(done, 50));
    document.body.appendChild(document.createElement("section")).append(first);
    await pause();
    document.body.insertBefore(first, second);
    await pause();
  });
  await expect(field).toHaveValue(code.slice(0, 3));
  expect(requests).toEqual([]);
  await field.press("End");
  await field.pressSequentially(code.slice(3));
  await page.locator("#first").getByRole("group", { name: "Recovery code" }).waitFor();
  expect(sent(requests)).toEqual(["POST /enrollment/confirm", "POST /recovery-code"]);
});

for (const address of ["/index.html", "/light.html"]) {
  test(`an element of ${address} that is put in again later comes back to the code, which is not sent again`, async ({
    page,
    hostOn,
  }) => {
    const code = await toTheCode(page, await hostOn("express"), address);
    const requests = asked(page);
    await page.evaluate(async () => {
      const element = document.querySelector("mfa-settings");
      for (const _ of [1, 2, 3]) {
        element?.remove();
        await new Promise((done) => setTimeout(done, 100));
        if (element) document.body.append(element);
      }
    });
    await codeFieldOf(page, "mfa-settings").waitFor();
    expect(sent(requests)).toEqual([]);
    await finish(page, code);
    expect(await page.evaluate("window.heard")).toEqual(HEARD);
    expect(sent(requests)).toEqual([
      "POST /enrollment/confirm",
      "POST /recovery-code",
      "POST /recovery-code/acknowledge",
    ]);
  });
}

test("an element follows the theme of the page around it, as it changes", async ({ page, hostOn }) => {
  const host = await hostOn("express");
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${host.page}/two.html`);
  const scheme = () =>
    page.locator("#first .mfa-enroll").evaluate((root) => {
      const { colorScheme, color } = getComputedStyle(root);
      return [colorScheme, color];
    });
  const theme = (where: string, value: string | null) =>
    page.evaluate(
      ([at, to]) => {
        const element = document.querySelector(at ?? "");
        if (to === null || to === undefined) element?.removeAttribute("data-theme");
        else element?.setAttribute("data-theme", to);
      },
      [where, value],
    );
  const LIGHT = "rgb(27, 31, 36)";
  const DARK = "rgb(233, 236, 239)";
  expect(await scheme()).toEqual(["normal", LIGHT]);
  await theme("html", "dark");
  expect(await scheme()).toEqual(["dark", DARK]);
  await theme("html", "light");
  expect(await scheme()).toEqual(["light", LIGHT]);
  await theme("html", null);
  await theme("#first", "dark");
  expect(await scheme()).toEqual(["dark", DARK]);
  await theme("#first", "light");
  expect(await scheme()).toEqual(["light", LIGHT]);
  const inside = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("mfa-settings")].map((element) => element.shadowRoot?.adoptedStyleSheets.length),
    );
  await expect.poll(inside, "the box and the two sheets of the look").toEqual([3, 3]);
});

test("options that were set before the script came are taken, and a second copy of it changes nothing", async ({
  page,
  hostOn,
}) => {
  const host = await hostOn("express");
  await page.goto(`${host.page}/mounts.html`);
  await page.locator("#early").getByRole("button", { name: "Sign in", exact: true }).first().waitFor();
  expect(await page.evaluate("registered()")).toEqual([true, false]);
  const isHidden = await page.locator("#early").evaluate((element) => Object.hasOwn(element, "options"));
  expect(isHidden).toBe(false);
});

test("the file for a script tag does nothing in Node", () => {
  const script = `const { MfaSettingsElement } = await import("mfa-enroll/element"); console.log(typeof MfaSettingsElement);`;
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: hosts,
    encoding: "utf8",
  });
  expect(said).toBe("function\n");
});
