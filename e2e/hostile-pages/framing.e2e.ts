import type { Page } from "playwright/test";
import { addPerson } from "../people.ts";
import { expect, test, type World } from "./world.ts";

/** Puts our page into a frame of theirs and says where the frame has got to. */
async function frameIn(theirs: Page, { page, address }: { page: string; address: string }): Promise<string | null> {
  await theirs.goto(page);
  await theirs.evaluate(
    (src) =>
      new Promise((resolve) => {
        const frame = document.createElement("iframe");
        // Where a frame was refused, the browser loads a page of its own into it.
        frame.addEventListener("load", resolve, { once: true });
        frame.src = src;
        document.body.append(frame);
      }),
    address,
  );
  const [, frame] = theirs.frames();
  return (await frame?.evaluate(() => document.title).catch(() => null)) ?? null;
}

const TITLE = "Security · Larkmoor Savings";

test("no page can put ours into a frame, not even our own", async ({ theirs, worldFor }) => {
  const world = await worldFor();
  await theirs.goto(world.app);
  await expect(theirs).toHaveTitle(TITLE);
  for (const page of [world.evil, world.sibling, world.rebound, world.app]) {
    for (const path of ["/", "/nothing", "/favicon.svg", "/api/mfa/session"]) {
      expect(await frameIn(theirs, { page, address: world.app + path }), `${path} in a frame of ${page}`).not.toBe(
        TITLE,
      );
      expect(theirs.frames()[1]?.url(), `${path} in a frame of ${page}`).toMatch(/^chrome-error:/);
    }
  }
});

test("a page that the settings name can, and the wizard works in its frame", async ({ theirs, worldFor }) => {
  const unnamed = await worldFor();
  const world: World = await worldFor({ MFA_FRAME_ANCESTORS: unnamed.sibling });
  // The sibling of the one world frames the page of the other.
  const person = await addPerson(world.site);
  expect(await frameIn(theirs, { page: unnamed.evil, address: world.app })).not.toBe(TITLE);
  expect(await frameIn(theirs, { page: unnamed.sibling, address: world.app })).toBe(TITLE);
  const frame = theirs.frameLocator("iframe");
  await frame.getByLabel("Email or username").fill(person.username);
  await frame.getByRole("textbox", { name: "Password" }).fill(person.password);
  await frame.getByRole("button", { name: "Sign in", exact: true }).click();
  await frame.getByRole("button", { name: "Add a method" }).click();
  await expect(frame.getByRole("heading", { name: "How should we check it’s you?" })).toBeVisible();
});

const WORDS = ["changed", "", "null", "undefined", "sign-out", "close", "*", "<img src=x onerror=alert(1)>", "{", "[]"];
const KINDS = [
  null,
  0,
  -1,
  Number.NaN,
  true,
  [],
  {},
  [[["changed"]]],
  { __proto__: { step: "done" } },
  new Date(0),
  /x/,
];
const TOOLS = [
  { type: "webpackHotUpdate" },
  { type: "REACT_DEVTOOLS" },
  { type: "otp", code: "123456" },
  { code: "123456" },
];

/** What somebody else's page may say to ours: as a frame, an opener, an extension, a payment page or a devtool would. */
function messages(): unknown[] {
  const steps = ["savingRecoveryCode", "done", "panel", "proof", "closed"];
  const types = ["viewArrived", "answered", "refused", "recoveryCodeArrived", "personChanged", "pageLeft", "changed"];
  return [
    ...types.map((type) => ({ type, view: { person: { name: "attacker" }, flow: { step: "done" } } })),
    ...types.map((type) => JSON.stringify({ type, codes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] })),
    ...steps.map((step) => ({ source: "mfa-enroll", step })),
    ...steps.map((step) => ({ event: "navigate", payload: { step, to: "javascript:alert(1)" } })),
    ...WORDS,
    ...KINDS,
    ...TOOLS,
    { type: "setState", state: { codes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } },
  ];
}

test("nothing that another page says to ours is heard", async ({ page, theirs, worldFor }) => {
  const unnamed = await worldFor();
  const world = await worldFor({ MFA_FRAME_ANCESTORS: unnamed.sibling });
  expect(await frameIn(theirs, { page: unnamed.sibling, address: world.app })).toBe(TITLE);
  const frame = theirs.frameLocator("iframe");
  await frame.getByLabel("Email or username").fill("somebody@example.com");
  const before = await frame.locator("body").ariaSnapshot();
  const asked = world.front.passed.length;
  const said = messages();
  expect(said).toHaveLength(50);
  await theirs.evaluate((said) => {
    for (const message of said) window.frames[0]?.postMessage(message, "*");
  }, said);
  // Its answer to one that it cannot overlook comes after all that were said before.
  await theirs.frames()[1]?.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(await frame.locator("body").ariaSnapshot()).toBe(before);
  expect(world.front.passed).toHaveLength(asked);
  await page.goto(world.app);
  // Whoever opens our page has no window of it to speak to.
  await theirs.goto(world.evil);
  const [opened] = await Promise.all([
    theirs.waitForEvent("popup"),
    theirs.evaluate((address) => {
      const opened = window.open(address);
      Reflect.set(window, "isCutOff", () => opened?.closed === true);
    }, world.app),
  ]);
  await opened.waitForLoadState();
  await expect(opened).toHaveTitle(TITLE);
  const isCutOff = (): Promise<boolean> =>
    theirs.evaluate(() => {
      const told: unknown = Reflect.get(window, "isCutOff");
      return typeof told === "function" && Reflect.apply(told, undefined, []) === true;
    });
  await expect.poll(isCutOff).toBe(true);
  expect(await opened.evaluate(() => window.opener === null)).toBe(true);
});
