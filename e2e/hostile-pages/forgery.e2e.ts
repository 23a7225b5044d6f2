import type { Page } from "playwright/test";
import { type Arm, ARMS, takeUpArms } from "./arms.ts";
import { expectTheSameToWorkFromOurPage, isRefusal, listenTo, ROUTE_NAMES, watchVictim } from "./untouched.ts";
import { expect, test } from "./world.ts";

/*
 * Somebody is signed in at our page and visits another one, which tries to act in their name: everything that a page can
 * make a browser send, at every door, from another site and from a name below ours, with true ids and a true code.
 */

/** Some hundreds of requests and frames in each test, on a machine that may be busy with something else. */
test.setTimeout(180_000);

/** How many requests arrive at least: as many as there are doors, where it is not said otherwise. */
const ARRIVING: Partial<Record<Arm, (doors: number) => number>> = {
  WebSocket: () => 3,
  "object, embed and SVG": (doors) => 2 * doors,
};

for (const [from, where] of [
  ["evil", "another site"],
  ["sibling", "a name below ours"],
] as const) {
  test(`nothing that a page at ${where} can make a browser send does anything`, async ({ context, page, worldFor }) => {
    const world = await worldFor();
    const { victim, targets, expectUntouched } = await watchVictim(page, world);
    await context.addInitScript(takeUpArms, { targets, ours: world.app });
    let withCookie = 0;
    for (const arm of ARMS) {
      const theirs = await context.newPage();
      await theirs.goto(world[from]);
      const arrived = listenTo(world);
      expect(await strike(theirs, arm), arm).toBe(true);
      const least = (ARRIVING[arm] ?? ((doors: number) => doors))(targets.length);
      const message = `${arm}: what arrives`;
      await expect.poll(() => arrived().length, { message, intervals: [20] }).toBeGreaterThanOrEqual(least);
      expect(
        arrived().filter((passed) => !isRefusal(passed)),
        arm,
      ).toEqual([]);
      withCookie += arrived().filter(({ signedIn }) => signedIn).length;
      for (const opened of context.pages()) if (opened !== page) await opened.close();
    }
    // A name below ours is of the same site, so the cookie comes along: nothing but our guards is in the way.
    if (from === "sibling") expect(withCookie).toBeGreaterThan(ARMS.length * ROUTE_NAMES.length * 0.75);
    await expectUntouched();
    await expectTheSameToWorkFromOurPage(page, world, victim);
  });
}

test("a name that somebody points at our server gets nothing from it", async ({ page, theirs, worldFor }) => {
  const world = await worldFor();
  const { targets, expectUntouched } = await watchVictim(page, world);
  await theirs.goto(world.rebound);
  const arrived = listenTo(world, ["same-origin"]);
  await theirs.evaluate(
    async (doors) => {
      // Their page is of the same origin as the server now, as the browser sees it.
      const headers = {
        "Content-Type": "application/json",
        "X-MFA-Enroll": "1",
        "Idempotency-Key": crypto.randomUUID(),
      };
      for (const { path, body } of doors)
        await fetch(path, { headers, body, method: body === null ? "GET" : "POST", redirect: "manual" });
    },
    targets.map(({ url, body }) => ({ path: url.slice(world.app.length), body })),
  );
  // A browser that is told 421 may ask once more on another connection (RFC 9110 section 15.5.20).
  expect(arrived().length).toBeGreaterThanOrEqual(targets.length);
  expect(arrived().filter((passed) => !isRefusal(passed))).toEqual([]);
  await expectUntouched();
});

/** Lets a page of theirs try one thing; false where it has no such arm. */
function strike(theirs: Page, arm: Arm): Promise<boolean> {
  return theirs.evaluate(async (name) => {
    const arms: unknown = Reflect.get(globalThis, "arms");
    const one: unknown = typeof arms === "object" && arms !== null ? Reflect.get(arms, name) : undefined;
    if (typeof one !== "function") return false;
    await Reflect.apply(one, undefined, []);
    return true;
  }, arm);
}
