import { describe, expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createStack } from "../journeys/stack.ts";
import { createMemoryLimiter } from "./limiter.ts";
import { readLimits } from "./read-limits.ts";
import { Refused } from "./refused.ts";
import { createSealer } from "./sealing.ts";
import { createSignInLimits } from "./sign-in-limits.ts";

const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const HOUR = 3_600_000;

describe("passwords that are tried", () => {
  const WRONG = { way: "password", username: "robin@example.com", password: "guess" };
  const RIGHT = { ...WRONG, password: "Enroll-Demo-1" };

  test("are eight wrong ones for a name in an hour, and the ninth does not reach the tenant", async () => {
    const stack = createStack();
    const codes = [];
    for (let count = 0; count < 8; count += 1) codes.push((await stack.browser().call("signIn", WRONG)).problem?.code);
    expect(new Set(codes)).toEqual(new Set(["sign_in_refused"]));
    const { problem } = await stack.browser().call("signIn", RIGHT);
    expect(problem).toMatchObject({ code: "sign_in_blocked", retryAt: stack.clock.now() + HOUR });
    expect(stack.simulator.ledger.list("signInRefused")).toHaveLength(8);
    await stack.clock.advance(HOUR);
    expect((await stack.browser().call("signIn", RIGHT)).answer).toMatchObject({ outcome: "signed_in" });
  });

  test("are counted before they are tried, so that a hundred at once are no more", async () => {
    const stack = createStack();
    await Promise.all(Array.from({ length: 100 }, () => stack.browser().call("signIn", WRONG)));
    expect(stack.simulator.ledger.list("signInRefused")).toHaveLength(8);
  });

  test("cost nothing where they are right", async () => {
    const stack = createStack();
    for (let count = 0; count < 20; count += 1) {
      expect((await stack.browser().call("signIn", RIGHT)).answer).toMatchObject({ outcome: "signed_in" });
    }
  });
});

describe("names and addresses", () => {
  function house(take?: () => Promise<never>) {
    const limiter = createMemoryLimiter(createManualClock(START));
    const signIns = createSignInLimits({
      limiter: take ? { ...limiter, take } : limiter,
      sealer: createSealer(Buffer.alloc(32, 7)),
      limits: readLimits({}, []),
      report: () => {},
    });
    return (accountId: string, address: string | null) =>
      signIns.reserve({ accountId, address }).then(
        () => null,
        (error: unknown) => (error instanceof Refused ? error.refusal.code : "fault"),
      );
  }

  test("have their tries apart: a stranger elsewhere does not lock the owner out", async () => {
    const ask = house();
    for (let count = 0; count < 30; count += 1) await ask("robin", "198.51.100.66");
    expect(await ask("robin", "198.51.100.66")).toBe("sign_in_blocked");
    expect(await ask("robin", "203.0.113.9")).toBeNull();
  });

  test("end an address that tries many names, and a name that many addresses try", async () => {
    const ask = house();
    const byAddress = [];
    for (let count = 0; count < 60; count += 1) byAddress.push(await ask(`person ${count}`, "198.51.100.66"));
    expect(byAddress.filter((code) => code === null)).toHaveLength(40);
    const byName = [];
    for (let count = 0; count < 60; count += 1) byName.push(await ask("robin", `192.0.2.${count}`));
    expect(byName.filter((code) => code === null)).toHaveLength(40);
  });

  test("are not let in while it is not known what was counted", async () => {
    const ask = house(() => Promise.reject(new Error("It is away.")));
    expect(await ask("robin", null)).toBe("service_unavailable");
  });
});

test("people who leave for the tenant's page are counted by their address, and nothing is kept of those who are too many", async () => {
  const stack = createStack({ peer: "203.0.113.7", env: { MFA_SIGN_INS_BEGUN_PER_IP_HOUR: "3" } });
  const leave = () => stack.browser().call("signIn", { way: "redirect", returnTo: "/" });
  for (let count = 0; count < 3; count += 1) expect((await leave()).answer).toMatchObject({ outcome: "leave" });
  const late = stack.browser();
  const { problem } = await late.call("signIn", { way: "redirect", returnTo: "/" });
  expect(problem).toMatchObject({ code: "sign_in_blocked", retryAt: stack.clock.now() + HOUR });
  expect(late.jar.size).toBe(0);
  await stack.clock.advance(HOUR);
  expect((await leave()).answer).toMatchObject({ outcome: "leave" });
});
