import { describe, expect, it } from "vitest";
import {
  challengeIn,
  confirmed,
  done,
  enrolled,
  MAILBOX,
  OTHER_PHONE,
  proven,
  refused,
  started,
  visitBy,
  wrongCode,
} from "../journeys/errands.ts";
import { createManualClock, type ManualClock } from "../journeys/manual-clock.ts";
import { type Browser, type Stack, START } from "../journeys/stack.ts";
import { createMemoryStore, type Store } from "./store.ts";

/** Fifteen minutes, eight hours and thirty days, as the settings and the accounts' records have them, with a second more. */
const IDLE_MS = 900_000 + 1_000;
const HELD_MS = 8 * 3_600_000 + 1_000;
const REMEMBERED_MS = 30 * 24 * 3_600_000 + 1_000;

/** A store whose every entry and its end can be looked at. */
function openStore(clock: ManualClock): { store: Store; left(): string[]; endless(): string[] } {
  const inner = createMemoryStore(clock);
  const ends = new Map<string, number>();
  return {
    store: {
      read: (id) => inner.read(id),
      async write(id, text, options) {
        const written = await inner.write(id, text, options);
        if (written) ends.set(id, clock.now() + options.ttlSeconds * 1000);
        return written;
      },
      async remove(id) {
        ends.delete(id);
        await inner.remove(id);
      },
    },
    left: () => [...ends].flatMap(([id, end]) => (end > clock.now() ? [id.split(":")[0] ?? ""] : [])).toSorted(),
    endless: () => [...ends].flatMap(([id, end]) => (end <= clock.now() + REMEMBERED_MS ? [] : [id])),
  };
}

async function openVisit(username: string) {
  const clock = createManualClock(START);
  const opened = openStore(clock);
  const { stack, browser } = await visitBy(username, { clock, store: opened.store });
  return { clock, stack, browser, ...opened };
}

type Step = (at: { stack: Stack; browser: Browser; clock: ManualClock }) => Promise<unknown>;
const email = { channel: "email", contact: MAILBOX } as const;

async function challenged(browser: Browser): Promise<string> {
  const { proof } = await browser.view();
  const method = proof?.by === "challenge" ? proof.methods[0] : undefined;
  return challengeIn(await done(browser, "challenge", { with: "authenticator", authenticatorId: method?.id }));
}

/** Each step at which somebody may walk away, with who they are. */
const STEPS: readonly (readonly [where: string, username: string, go: Step])[] = [
  ["signed in", "robin@example.com", async () => {}],
  [
    "on the way to the tenant's page",
    "robin@example.com",
    ({ browser }) => done(browser, "signIn", { way: "redirect", returnTo: "/", draft: email }),
  ],
  ["while the code is waited for", "robin@example.com", ({ browser }) => started(browser)],
  [
    "after a wrong code",
    "robin@example.com",
    async ({ stack, browser }) => {
      const { enrollmentId } = await started(browser);
      await refused(browser, "confirm", { enrollmentId, code: wrongCode(stack) });
    },
  ],
  [
    "after another message",
    "robin@example.com",
    async ({ browser, clock }) => {
      const { enrollmentId } = await started(browser);
      await clock.advance(30_000);
      await done(browser, "resend", { enrollmentId });
    },
  ],
  [
    "after another number",
    "robin@example.com",
    async ({ browser }) => {
      await started(browser);
      await started(browser, { channel: "sms", contact: OTHER_PHONE });
    },
  ],
  [
    "with the recovery code unsaved",
    "robin@example.com",
    async ({ stack, browser }) => confirmed(stack, browser, await started(browser)),
  ],
  [
    "with the recovery code shown",
    "robin@example.com",
    async ({ stack, browser }) => {
      await confirmed(stack, browser, await started(browser));
      await done(browser, "recoveryCode");
    },
  ],
  ["done", "robin@example.com", ({ stack, browser }) => enrolled(stack, browser)],
  [
    "cancelled",
    "robin@example.com",
    async ({ browser }) => {
      const { enrollmentId } = await started(browser);
      await done(browser, "cancel", { enrollmentId });
    },
  ],
  ["asked to prove it", "kim@example.com", ({ browser }) => refused(browser, "start", email)],
  [
    "while the code of a proof is waited for",
    "kim@example.com",
    async ({ browser }) => {
      await refused(browser, "start", email);
      await challenged(browser);
    },
  ],
  ["proven", "kim@example.com", ({ stack, browser }) => proven(stack, browser)],
  [
    "signed out",
    "robin@example.com",
    async ({ browser }) => {
      await started(browser);
      await done(browser, "signOut");
    },
  ],
];

describe("whoever walks away", () => {
  it.each(STEPS)(
    "%s leaves nothing that was typed or proven behind after a quarter of an hour",
    async (_where, username, go) => {
      const { clock, stack, browser, left, endless } = await openVisit(username);
      await go({ clock, stack, browser });
      // What nobody waits for (notices, the sweep) comes to its end before the time goes on.
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      expect(endless()).toEqual([]);
      await clock.advance(IDLE_MS);
      // A recovery code that nobody has saved is the only copy there is: it is held as long as a visit can live.
      expect(left().filter((kind) => kind === "session")).toEqual([]);
      const unsaved = left().filter((kind) => kind === "secret");
      await clock.advance(HELD_MS);
      expect(left().filter((kind) => !["account", "link", "notices"].includes(kind))).toEqual([]);
      expect(unsaved.length).toBeLessThanOrEqual(1);
      // That something was added, removed or lost is known for thirty days, without a contact or a code, and then nothing is.
      await clock.advance(REMEMBERED_MS);
      expect(left()).toEqual([]);
    },
  );
});

describe("what ends by somebody's own act is gone at once", () => {
  it("a saved recovery code", async () => {
    const { stack, browser, left } = await openVisit("robin@example.com");
    await confirmed(stack, browser, await started(browser));
    const before = left().filter((kind) => kind === "secret").length;
    await done(browser, "recoveryCode");
    await done(browser, "acknowledge");
    expect(left().filter((kind) => kind === "secret")).toHaveLength(before - 1);
  });

  it("the contact of a cancelled enrollment", async () => {
    const { browser, left } = await openVisit("robin@example.com");
    const { enrollmentId } = await started(browser);
    const before = left().filter((kind) => kind === "secret").length;
    await done(browser, "cancel", { enrollmentId });
    expect(left().filter((kind) => kind === "secret")).toHaveLength(before - 1);
    expect(await refused(browser, "contact")).not.toBeNull();
  });

  it("the contact of a confirmed one", async () => {
    const { stack, browser, left } = await openVisit("robin@example.com");
    const pending = await started(browser);
    await confirmed(stack, browser, pending);
    await done(browser, "recoveryCode");
    await done(browser, "acknowledge");
    expect(left()).not.toContain("secret");
  });

  it("a visit that was signed out of", async () => {
    const { browser, left, stack } = await openVisit("robin@example.com");
    expect(left()).toContain("session");
    await done(browser, "signOut");
    // An empty record says for two minutes that it is over, to whatever is still on its way under that id.
    await stack.clock.advance(120_000);
    expect(left()).not.toContain("session");
  });
});
