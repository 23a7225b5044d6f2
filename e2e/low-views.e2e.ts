import type { Page } from "playwright/test";
import { readCode } from "../src/testing/read-code.ts";
import { AS_IT_IS, unfit } from "./access/fit.ts";
import { installProbes } from "./access/in-page.ts";
import { lookedAt } from "./access/looked-at.ts";
import { walk } from "./access/walk.ts";
import { expect, test } from "./fixtures.ts";
import { contacts, people } from "./people.ts";

/*
 * The real page of the demo, with its bar above and the demo's own below, where little of it is seen at once: at 400 % and
 * on a phone on its side. Nothing that has the focus may be behind a bar (WCAG 2.2, 2.4.11).
 */

test.setTimeout(180_000);

const VIEWS = [
  {
    title: "no bar hides what has the focus, all the way through the demo, at 400 % zoom",
    size: { width: 320, height: 256 },
  },
  {
    title: "no bar hides what has the focus, all the way through the demo, at a phone on its side",
    size: { width: 844, height: 390 },
  },
] as const;

/** Stands at the end of the page, so that the way out of it is seen too. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(installProbes);
  await page.evaluate(() => {
    const end = document.createElement("button");
    end.id = "after-the-page";
    end.textContent = "End";
    document.body.append(end);
  });
}

for (const { title, size } of VIEWS) {
  test(title, async ({ page, demo, quick }) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ reducedMotion: "reduce" });
    const { root } = quick;
    const screens: string[] = [];
    const found: string[] = [];
    let stops = 0;
    const look = async (screen: string): Promise<void> => {
      const walked = await walk(page, { from: ".skip", to: "#after-the-page" });
      stops += walked.stops;
      for (const fault of [...walked.faults, ...(await unfit(page, [AS_IT_IS])), ...(await bars(page))]) {
        found.push(`${screen}: ${fault}`);
      }
      screens.push(screen);
    };
    await page.goto(demo.page);
    await root.getByLabel("Password").waitFor();
    await page.getByRole("button", { name: "Phone", exact: true }).waitFor();
    await prepare(page);
    await look("signing in");
    await quick.signInHere(people.robin);
    await look("the empty panel");
    await quick.addMethod();
    await quick.screen("How should we check it’s you?").waitFor();
    await look("choosing a channel");
    await quick.chooseChannel("sms");
    await root.getByLabel("Phone number").waitFor();
    await look("the number");
    await quick.enterPhone("sms", contacts.sms);
    await look("the code");
    const code = await readCode(demo.outbox, { channel: "sms", to: contacts.sms });
    await quick.enterCode(code === "000000" ? "111111" : "000000");
    await root.getByText("That code didn’t match. 4 tries left.").first().waitFor();
    await look("a wrong code");
    await quick.enterCode(code);
    await root.getByRole("group", { name: "Recovery code" }).waitFor();
    await look("the recovery code");
    await quick.saveRecoveryCode();
    await quick.screen("You’re all set").waitFor();
    await look("the end");
    await quick.finish();
    await look("the panel with a method");
    await root.getByRole("button", { name: /^Remove/ }).click();
    await quick.screen(/^Remove .*\?$/).waitFor();
    await look("the question before a removal");
    const dock = page.getByRole("complementary", { name: "Demo" });
    await dock
      .getByRole("button", { name: /^Phone/ })
      .first()
      .click();
    await dock.getByRole("button", { name: "Close" }).waitFor();
    const inDrawer = await walk(page, { from: ".demo-opener", to: "#after-the-page" });
    stops += inDrawer.stops;
    for (const fault of inDrawer.faults) found.push(`the demo's phone: ${fault}`);
    screens.push("the demo's phone");
    expect(found).toEqual([]);
    lookedAt(title, {
      screens,
      ways: [`${String(size.width)} by ${String(size.height)} pixels`, "the demo's page with both bars"],
      counted: [`${String(stops)} stops`],
    });
  });
}

/** Returns each bar that takes more than a fifth of the height from what is read. */
function bars(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    probes
      .bars()
      .filter((bar) => bar.getBoundingClientRect().height > innerHeight / 5)
      .map((bar) => `a bar takes ${bar.getBoundingClientRect().height} pixels: ${bar.className}`),
  );
}

const STILL = "the page stands still while the panel comes";

test(STILL, async ({ page, demo, quick }) => {
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ("value" in entry && "hadRecentInput" in entry && !entry.hadRecentInput) shifted += Number(entry.value);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const shifts: Record<string, number> = {};
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await page.context().clearCookies();
    await page.goto(demo.page);
    await quick.root.getByLabel("Password").waitFor();
    shifts[`signing in at ${String(width)}`] = await shiftOf(page);
    await quick.signInHere(people.kim);
    await page.reload();
    await quick.screen("Sign-in methods").waitFor();
    shifts[`the panel at ${String(width)}`] = await shiftOf(page);
  }
  // Up to 0.1 is good (web.dev/cls).
  expect(Object.entries(shifts).filter(([, shift]) => shift >= 0.1)).toEqual([]);
  lookedAt(STILL, { screens: ["signing in", "the panel with a method"], ways: ["390 pixels", "1280 pixels"] });
});

declare global {
  /** What has moved by itself so far, as layout shift. */
  var shifted: number;
}

/** Returns what has moved until now; what has been drawn is told two pictures later. */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return shifted;
  });
}
