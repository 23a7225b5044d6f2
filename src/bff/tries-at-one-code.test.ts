import { expect, test } from "vitest";
import { challengeIn, done } from "../journeys/errands.ts";
import { createStack, type Stack } from "../journeys/stack.ts";

const MINUTE = 60_000;

/** Opens so many visits of one person, each with a challenge of its own at the same method. */
async function challenges(stack: Stack, count: number, by: "otp" | "sms" | "recovery_code") {
  const open = [];
  for (let visit = 0; visit < count; visit += 1) {
    const browser = stack.browser();
    const view = await browser.signInByPassword("victim@example.com");
    const methods = view.proof?.by === "challenge" ? view.proof.methods : [];
    const authenticatorId = methods.find(({ channels }) => channels.includes(by === "recovery_code" ? "otp" : by))?.id;
    const body = by === "recovery_code" ? { with: by } : { with: "authenticator", authenticatorId };
    open.push({ browser, challengeId: challengeIn(await done(browser, "challenge", body)) });
    // Each message is one that the wait allows.
    if (by === "sms") await stack.clock.advance(visit === 0 ? MINUTE / 2 : MINUTE);
  }
  return open;
}

function victimStack(): Stack {
  const seed = { subject: "auth0|victim", name: "Robin", email: "victim@example.com", phone: "+12025550147" };
  return createStack({
    people: [{ ...seed, totpSecret: "JBSWY3DPEHPK3PXP", recoveryCode: "9VDHQ4TTNB6GXWLJ7ZKP2M3C" }],
  });
}

test.each(["otp", "recovery_code"] as const)("one code has five tries, in whichever visit: %s", async (by) => {
  const stack = victimStack();
  const open = await challenges(stack, 4, by);
  const codes: (string | undefined)[] = [];
  for (let count = 0; count < 12; count += 1) {
    const one = open[count % open.length];
    const guess = by === "otp" ? { code: "000000" } : { recoveryCode: "A".repeat(24) };
    codes.push((await one?.browser.call("verify", { challengeId: one.challengeId, ...guess }))?.problem?.code);
  }
  expect(codes.filter((code) => code !== "too_many_codes")).toHaveLength(5);
  expect(stack.simulator.ledger.list("codeRefused")).toHaveLength(5);
});

test("the page is told how many tries a code has left after those of another visit, and from when there are more", async () => {
  const stack = victimStack();
  const [one, other] = await challenges(stack, 2, "otp");
  for (let count = 0; count < 5; count += 1) {
    await one?.browser.call("verify", { challengeId: one.challengeId, code: "000000" });
  }
  const view = await other?.browser.view();
  const nextStep = (Math.floor(stack.clock.now() / 30_000) + 1) * 30_000;
  expect(view?.flow).toMatchObject({ challenge: { attemptsLeft: 0, triesAgainAt: nextStep } });
  await stack.clock.advance(30_000);
  expect((await other?.browser.view())?.flow).toMatchObject({ challenge: { attemptsLeft: 3 } });
});

test("going to and fro between two messages gives neither code a sixth try", async () => {
  const stack = victimStack();
  const open = await challenges(stack, 2, "sms");
  const reached = [0, 0];
  // The first code four times, the other once, and the first again.
  for (const index of [0, 0, 0, 0, 1, 0, 0, 0, 0]) {
    const one = open[index];
    const outcome = await one?.browser.call("verify", { challengeId: one.challengeId, code: "000000" });
    if (outcome?.problem?.code !== "too_many_codes") reached[index] = (reached[index] ?? 0) + 1;
  }
  expect(reached).toEqual([5, 1]);
});
