import type { Page } from "playwright/test";
import { createEnrollmentPage } from "../../src/testing/enrollment-page.ts";
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
      expect(await frameIn(theirs, { page, address: world.app + path }), `${path} in a frame of ${page}`).not.toBe(TITLE);
      expect(theirs.frames()[1]?.url(), `${path} in a frame of ${page}`).toMatch(/^chrome-error:/);
    }
  }
});

test("a page that the settings name can, and the wizard works in its frame", async ({ theirs, worldFor }) => {
  const unnamed = await worldFor();
  const world: World = await worldFor({ MFA_FRAME_ANCESTORS: unnamed.sibling });
  // The sibling of the one world frames the page of the other.
  const person = await addPerson(world.site);
  expect(await frameIn(theirs, { page: unnamed.evil, address: world.app })).toBeNull();
  expect(await frameIn(theirs, { page: unnamed.sibling, address: world.app })).toBe(TITLE);
});
