import { describe, expect, test } from "vitest";
import { done, ledgerCount, proven, refused } from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";
import type { PersonSeed } from "../simulator/people.ts";

const SOMEBODY = { subject: "auth0|alex", name: "Alex", email: "alex@example.com" };

/** What somebody has; each can be removed by its owner. */
const HAS: Record<string, Partial<PersonSeed>> = {
  "an address": { otherEmail: "alex@example.net" },
  "a phone": { phone: "+12025550133" },
  "a phone and an address": { phone: "+12025550133", otherEmail: "alex@example.net" },
};

const MINUTE = 60_000;

/** Who has just signed in by password: what else they have shown, and whether they may remove something then. */
const LEVELS = [
  "the password",
  "the password six minutes ago",
  "the password and a code",
  "a code six minutes ago",
  "the tenant's page",
  "the tenant's page six minutes ago",
] as const;

const MAY: Record<(typeof LEVELS)[number], boolean | "an address"> = {
  // With nothing stronger than an address the tenant hands a password out what it takes to remove one.
  "the password": "an address",
  "the password six minutes ago": false,
  "the password and a code": true,
  "a code six minutes ago": false,
  "the tenant's page": true,
  "the tenant's page six minutes ago": false,
};

describe.each(Object.entries(HAS))("somebody with %s", (has, seed) => {
  test.each(LEVELS)("removes it by %s, if that is enough", async (level) => {
    const stack = createStack({ people: [{ ...SOMEBODY, ...seed }] });
    const browser = stack.browser();
    if (level.startsWith("the tenant's")) await browser.signInByRedirect(SOMEBODY.email);
    else await browser.signInByPassword(SOMEBODY.email);
    if (level.includes("a code") && !(await browser.view()).can.remove.startsWith("yes")) await proven(stack, browser);
    const authenticatorId = (await browser.view()).authenticators?.items[0]?.id;
    if (level.includes("six")) await stack.clock.advance(6 * MINUTE);
    const may = MAY[level] === true || MAY[level] === has;
    if (may) await done(browser, "remove", { authenticatorId });
    else expect(await refused(browser, "remove", { authenticatorId })).toBe("proof_needed");
    expect(ledgerCount(stack, "delete")).toBe(may ? 1 : 0);
  });
});
