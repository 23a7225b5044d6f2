// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Challenge } from "../contract/enrollment.ts";
import { PHONE, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { hasFocus, visit } from "./visit.tsx";

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const triesAgainAt = SERVER_NOW + 30_000;
const TEXT = {
  challengeId: "challenge-1",
  channel: "sms",
  contact: PHONE.contact,
  sentAt: SERVER_NOW,
  codeExpiresAt: SERVER_NOW + 300_000,
  resendAt: triesAgainAt,
  attemptsLeft: 1,
  sendsLeft: 2,
} as const satisfies Challenge;
const proving = (challenge: Challenge) =>
  view({
    can: { list: "yes", add: "after_proof", remove: "after_proof" },
    proof: { by: "challenge", methods: [PHONE], recoveryCode: true },
    flow: { step: "proof", challenge },
  });

test("someone whose last try fails is shown the lock and until when, and then another text instead of a field", async () => {
  const bff = scriptBff(proving(TEXT));
  const { person, clock } = visit(bff, { plain: true });
  bff.answers("POST /challenge/verify", { problem: { code: "wrong_code", status: 422, attemptsLeft: 0 } });
  bff.shows(proving({ ...TEXT, attemptsLeft: 0, triesAgainAt }));
  await person.type(await screen.findByRole("textbox", { name: "Six-digit code" }), "000000");
  await hasFocus(await heading("Locked for a while"));
  expect(await screen.findByText(/^Too many codes didn’t match\. You can try again at/)).toBeDefined();
  for (const name of ["Confirm", "Send another text"]) expect(screen.queryByRole("button", { name })).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(await button("Use a different method")).toBeDefined();
  clock.now += 31_000;
  bff.answers("POST /challenge", { view: proving({ ...TEXT, sentAt: triesAgainAt, attemptsLeft: 5 }) });
  await person.click(await screen.findByRole("button", { name: "Send another text" }, { timeout: 3_000 }));
  expect(await screen.findByRole("textbox", { name: "Six-digit code" })).toBeDefined();
});

test.each(["otp", "recovery_code"] as const)(
  "someone without tries for their %s looks at their methods again",
  async (channel) => {
    const locked = { challengeId: "challenge-1", channel, attemptsLeft: 0, triesAgainAt: SERVER_NOW - 1 };
    const { person } = visit(scriptBff(proving(locked)), { plain: true });
    await heading("Locked for a while");
    expect(screen.queryByRole("textbox")).toBeNull();
    await person.click(await button("Try again"));
    expect(await heading("Confirm it’s you")).toBeDefined();
  },
);

test("a list that could not be read is not shown as an empty one: the panel says so, and looks again", async () => {
  const bff = scriptBff(view({ authenticators: null }));
  const { person } = visit(bff, { plain: true });
  await heading("Sign-in methods");
  expect(screen.queryByText(/You have no sign-in methods yet/)).toBeNull();
  expect(screen.getByText("The service isn’t available right now. Try again in a moment.")).toBeDefined();
  bff.shows(view({ authenticators: { items: [PHONE], knownAt: SERVER_NOW } }));
  await person.click(await button("Try again"));
  expect(await screen.findByText(PHONE.contact)).toBeDefined();
});
