import { describe, expect, test } from "vitest";
import { challengeIn, confirmed, done, enrolled, PHONE, refused, started } from "../journeys/errands.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createStack } from "../journeys/stack.ts";
import { createSealer, sameText } from "./sealing.ts";
import { createMemoryStore, type Store } from "./store.ts";

/** A store that can be looked into, and broken. */
function createGlassStore(store: Store) {
  const texts = new Map<string, { text: string; ttlSeconds: number }>();
  let isBroken = false;
  const guard = () => {
    if (isBroken) throw new Error("The store is down.");
  };
  return {
    texts,
    break: () => (isBroken = true),
    mend: () => (isBroken = false),
    async read(id: string) {
      guard();
      return store.read(id);
    },
    async write(id: string, text: string, options: Parameters<Store["write"]>[2]) {
      guard();
      texts.set(id, { text, ttlSeconds: options.ttlSeconds });
      return store.write(id, text, options);
    },
    async remove(id: string) {
      guard();
      texts.delete(id);
      return store.remove(id);
    },
  };
}

function glassStack() {
  const clock = createManualClock(Date.UTC(2026, 0, 15, 9));
  const store = createGlassStore(createMemoryStore(clock));
  return { store, stack: createStack({ clock, store }) };
}

describe("what is stored", () => {
  test("holds no token, code, contact, name or recovery code that could be read", async () => {
    const { store, stack } = glassStack();
    const browser = stack.browser();
    await browser.signInByPassword("kim@example.com");
    await refused(browser, "start", { channel: "sms", contact: PHONE });
    await done(browser, "challenge", { with: "recovery_code" });
    const other = stack.browser();
    await other.signInByRedirect("robin@example.com");
    await confirmed(stack, other, await started(other));
    const dump = JSON.stringify([...store.texts]);
    // None is so short that sealed text, which is base64url, could hold it by chance.
    const people = ["kim@example.com", "robin@example.com", "example", "auth0|"];
    const canaries = [...people, "Fe26.", "eyJhbGciOi", "2025550147", "5550147", "mfa-enroll-demo-secret"];
    const code = stack.simulator.people.find("robin@example.com")?.recoveryCode?.code ?? "";
    for (const canary of [...canaries, code, stack.code(), other.jar.get("__Host-mfa") ?? ""]) {
      expect(canary.length).toBeGreaterThan(4);
      expect(dump).not.toContain(canary);
    }
    expect(new Set([...store.texts.keys()].map((id) => id.split(":")[0]))).toEqual(
      new Set(["session", "account", "secret"]),
    );
  });

  test("does not open under another id", async () => {
    const { store, stack } = glassStack();
    const robin = stack.browser();
    const toni = stack.browser();
    await robin.signInByPassword("robin@example.com");
    const robinId = [...store.texts.keys()].find((id) => id.startsWith("session:"));
    await toni.signInByPassword("toni@example.com");
    const toniId = [...store.texts.keys()].find((id) => id.startsWith("session:") && id !== robinId) ?? "";
    const taken = await store.read(toniId);
    const version = (await store.read(robinId ?? ""))?.version ?? null;
    await store.write(robinId ?? "", taken?.text ?? "", { ifVersion: version, ttlSeconds: 60 });
    expect((await robin.view()).person).toBeNull();
    expect((await toni.view()).person).not.toBeNull();
  });

  test("ends by itself: the contact when a visit may have idled out, the recovery code after the hold", async () => {
    const { store, stack } = glassStack();
    const browser = stack.browser();
    await browser.signInByPassword("robin@example.com");
    await started(browser);
    const secrets = () => [...store.texts].filter(([id]) => id.startsWith("secret:"));
    expect(
      secrets()
        .map(([, { ttlSeconds }]) => ttlSeconds)
        .toSorted((a, b) => a - b),
    ).toEqual([900, 8 * 3600]);
    const [contactId = ""] = secrets().find(([, { ttlSeconds }]) => ttlSeconds === 900) ?? [];
    await stack.clock.advance(900_000);
    expect(await store.read(contactId)).toBeNull();
    expect([...store.texts.values()].every(({ ttlSeconds }) => ttlSeconds > 0)).toBe(true);
  });

  test("holds no contact after an enrollment is confirmed, cancelled or replaced, and no recovery code after it is saved", async () => {
    const { store, stack } = glassStack();
    const browser = stack.browser();
    const secrets = () => [...store.texts.keys()].filter((id) => id.startsWith("secret:")).length;
    await browser.signInByPassword("robin@example.com");
    const { enrollmentId } = await started(browser);
    await started(browser, { channel: "sms", contact: "+12025550148" });
    // One contact, one recovery code.
    expect(secrets()).toBe(2);
    const third = await started(browser, { channel: "email", contact: "robin.other@example.net" });
    await done(browser, "cancel", { enrollmentId: third.enrollmentId });
    expect(secrets()).toBe(1);
    expect(await refused(browser, "resend", { enrollmentId })).toBe("enrollment_over");
    await enrolled(stack, browser, { channel: "email", contact: "robin.last@example.net" });
    expect(secrets()).toBe(0);
  });

  test("with another key is as good as nothing", async () => {
    const { store, stack } = glassStack();
    const browser = stack.browser();
    await browser.signInByPassword("robin@example.com");
    const other = createStack({
      clock: stack.clock,
      store,
      env: { MFA_SECRET_KEY: Buffer.alloc(32, 8).toString("base64") },
    });
    const elsewhere = other.browser();
    elsewhere.jar.set("__Host-mfa", browser.jar.get("__Host-mfa") ?? "");
    expect((await elsewhere.view()).person).toBeNull();
  });
});

describe("a store that fails", () => {
  test("refuses everything that would be counted, and nothing is sent", async () => {
    const { store, stack } = glassStack();
    const browser = stack.browser();
    await browser.signInByPassword("robin@example.com");
    store.break();
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("service_unavailable");
    expect(await refused(browser, "session")).toBe("service_unavailable");
    const body = { way: "password", username: "kim@example.com", password: "Enroll-Demo-1" };
    expect(await refused(browser, "signIn", body)).toBe("service_unavailable");
    expect(stack.simulator.ledger.list("send")).toEqual([]);
    store.mend();
    // The cookie was not cleared: whoever was signed in still is.
    expect((await browser.view()).person).not.toBeNull();
    expect((await started(browser)).sendsLeft).toBe(3);
  });

  test("while a code is checked does not let the try go uncounted", async () => {
    const { store, stack } = glassStack();
    const browser = stack.browser();
    await browser.signInByPassword("kim@example.com");
    const view = await done(browser, "challenge", { with: "recovery_code" });
    store.break();
    const body = { challengeId: challengeIn(view), recoveryCode: "AAAAAAAAAAAAAAAAAAAAAAAA" };
    expect(await refused(browser, "verify", body)).toBe("service_unavailable");
    expect(stack.simulator.ledger.list("codeRefused")).toEqual([]);
  });
});

describe("a sealer", () => {
  const sealer = createSealer(new Uint8Array(32).fill(1));

  test("opens what it sealed, where it was sealed for, unchanged", () => {
    const sealed = sealer.seal("secret", "account:1");
    expect(sealer.open(sealed, "account:1")).toBe("secret");
    expect(sealer.open(sealed, "account:2")).toBeNull();
    expect(sealer.open(sealed.slice(0, -2), "account:1")).toBeNull();
    expect(sealer.open("", "account:1")).toBeNull();
    expect(sealer.open(`A${sealed.slice(1)}`, "account:1")).toBeNull();
    expect(sealer.seal("secret", "account:1")).not.toBe(sealed);
  });

  test("hashes lists of parts that look alike to different texts", () => {
    expect(sealer.keyedHash("a", "bc")).not.toBe(sealer.keyedHash("ab", "c"));
    expect(sealer.keyedHash("a")).not.toBe(createSealer(new Uint8Array(32)).keyedHash("a"));
    expect(() => createSealer(new Uint8Array(16))).toThrow("32 bytes");
    expect([sameText("a", "a"), sameText("a", "b")]).toEqual([true, false]);
  });
});

describe("the store in memory", () => {
  test("writes only over the version that was read, and an entry that went and came back is another one", async () => {
    const clock = createManualClock(0);
    const store = createMemoryStore(clock);
    expect(await store.write("a", "1", { ifVersion: null, ttlSeconds: 10 })).not.toBeNull();
    expect(await store.write("a", "2", { ifVersion: null, ttlSeconds: 10 })).toBeNull();
    const version = (await store.read("a"))?.version ?? null;
    await store.remove("a");
    await store.write("a", "3", { ifVersion: null, ttlSeconds: 10 });
    expect(await store.write("a", "4", { ifVersion: version, ttlSeconds: 10 })).toBeNull();
    await clock.advance(10_000);
    expect(await store.read("a")).toBeNull();
  });
});
