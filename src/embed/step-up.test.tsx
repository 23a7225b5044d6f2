// @vitest-environment jsdom
import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Challenge } from "../contract/enrollment.ts";
import type { SessionView } from "../contract/session-view.ts";
import { PHONE, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { hasFocus, visit } from "./visit.tsx";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const APP = { ...PHONE, id: "app-1", channels: ["otp" as const], contact: null };
const GUARDIAN = { ...PHONE, id: "push-1", channels: ["push" as const], contact: "River’s phone" };
const items = [PHONE, APP, GUARDIAN];
const authenticators = { items, knownAt: SERVER_NOW };
const asked = view({
  authenticators,
  can: { list: "yes", add: "after_proof", remove: "after_proof" },
  proof: { by: "challenge", methods: items, recoveryCode: true },
});
const allowed = view({ authenticators });
const push = {
  challengeId: "challenge-1",
  channel: "push",
  contact: "River’s phone",
  expiresAt: SERVER_NOW + 300_000,
  pollAfterSeconds: 5,
} as const satisfies Challenge;
const open = (challenge: Challenge, changes: Partial<SessionView> = {}): SessionView => ({
  ...asked,
  flow: { step: "proof", challenge },
  ...changes,
});

/** Leads somebody who wants a number removed to the open challenge of one of their methods. */
async function toTheProof(bff: ReturnType<typeof scriptBff>, way: string, challenge: Challenge) {
  const visited = visit(bff);
  const { person } = visited;
  await person.click(await button("Remove Text message and voice call XXXXXXX0199"));
  bff.answers("POST /authenticators/remove", { problem: { code: "proof_needed", status: 403 } });
  bff.shows(asked);
  await person.click(await button("Remove"));
  bff.answers("POST /challenge", { view: open(challenge) });
  await person.click(await screen.findByRole("radio", { name: way }));
  await person.click(await button(way === "Authenticator app" || way.startsWith("Use") ? "Continue" : "Send code"));
  return visited;
}

const verifications = (bff: ReturnType<typeof scriptBff>) =>
  bff.sent().filter(({ route }) => route === "POST /challenge/verify");
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test("a request on the phone is asked after every five seconds, and its approval leads back to what was asked", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(allowed);
  await toTheProof(bff, "Push notification, River’s phone", push);
  await hasFocus(await heading("Approve the request on your phone"));
  expect(verifications(bff)).toEqual([]);
  bff.answers("POST /challenge/verify", { view: open(push) }, { view: allowed });
  await pass(5_000);
  await waitFor(() => expect(verifications(bff)).toHaveLength(1));
  expect(screen.getByText("We’re checking…")).toBeDefined();
  await pass(5_000);
  await hasFocus(await heading("Remove Text message and voice call XXXXXXX0199?"));
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Confirmed. You can go on."));
  const [first, second, ...more] = verifications(bff);
  expect(first?.body).toEqual({ challengeId: "challenge-1" });
  expect(first?.key).not.toBe(second?.key);
  await pass(20_000);
  expect(more).toEqual([]);
  expect(verifications(bff)).toHaveLength(2);
});

test("a tenant that wants to be asked less often is, and the buttons go on working meanwhile", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(open({ ...push, pollAfterSeconds: 20 }));
  visit(bff);
  await heading("Approve the request on your phone");
  await pass(15_000);
  expect(verifications(bff)).toEqual([]);
  bff.answers("POST /challenge/verify", "lost", { problem: { code: "outcome_unclear", status: 504, what: "verify" } });
  await pass(5_000);
  await waitFor(() => expect(verifications(bff)).toHaveLength(1));
  expect((await button("Cancel")).getAttribute("aria-disabled")).toBeNull();
  await pass(20_000);
  await waitFor(() => expect(verifications(bff)).toHaveLength(2));
  expect(await heading("Approve the request on your phone")).toBeDefined();
  expect(screen.queryByText(/try again/i)).toBeNull();
});

test("nothing is asked while the page is out of sight, and at once when it is back", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(open(push));
  visit(bff);
  await heading("Approve the request on your phone");
  const seen = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  await pass(30_000);
  expect(verifications(bff)).toEqual([]);
  bff.answers("POST /challenge/verify", { view: allowed });
  seen.mockReturnValue("visible");
  await act(async () => void document.dispatchEvent(new Event("visibilitychange")));
  await waitFor(() => expect(verifications(bff)).toHaveLength(1));
});

test("a request that was turned down says so and offers the other methods", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(allowed);
  await toTheProof(bff, "Push notification, River’s phone", push);
  await heading("Approve the request on your phone");
  bff.answers("POST /challenge/verify", { problem: { code: "push_rejected", status: 403 } });
  bff.shows(asked);
  await pass(5_000);
  expect(await heading("Confirm it’s you")).toBeDefined();
  const words = "The request was turned down on your phone. Send another, or use a different method.";
  expect(screen.getAllByText(words)).not.toHaveLength(0);
});

test("a request that has ended is asked after no more and can be sent again", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(open({ ...push, expiresAt: SERVER_NOW - 1 }));
  const { person } = visit(bff);
  expect(await screen.findByText("That request has ended.", { ignore: ".mfa-spoken *" })).toBeDefined();
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("That request has ended."));
  await pass(30_000);
  expect(bff.sent()).toEqual([]);
  bff.answers("POST /challenge", { view: open({ ...push, challengeId: "challenge-2" }) });
  await person.click(await button("Send another request"));
  expect(await screen.findByText(/Open the notification \(River’s phone\) and approve it/)).toBeDefined();
});

test("the code of an authenticator app proves it, with the tries that are left", async () => {
  const bff = scriptBff(allowed);
  const { person } = await toTheProof(bff, "Authenticator app", {
    challengeId: "challenge-1",
    channel: "otp",
    attemptsLeft: 3,
  });
  expect(await screen.findByText("3 tries left.")).toBeDefined();
  bff.answers("POST /challenge/verify", { view: allowed });
  await person.type(await screen.findByRole("textbox", { name: "Six-digit code" }), "123456");
  expect(await heading("Remove Text message and voice call XXXXXXX0199?")).toBeDefined();
  expect(bff.sent().at(-1)?.body).toEqual({ challengeId: "challenge-1", code: "123456" });
});

test("a used recovery code is replaced by a new one, which is saved before anything goes on", async () => {
  const bff = scriptBff(allowed);
  const { person } = await toTheProof(bff, "Use the recovery code you saved", {
    challengeId: "challenge-1",
    channel: "recovery_code",
    attemptsLeft: 5,
  });
  expect(await screen.findByText("5 tries left.")).toBeDefined();
  const flow = {
    step: "recovery_code",
    authenticator: null,
    state: "to_save",
    canRenew: false,
    needsProof: false,
  } as const;
  bff.answers("POST /challenge/verify", { view: { ...allowed, flow } });
  bff.answers("POST /recovery-code", { json: { recoveryCodes: ["NPQRSTUVWXYZABCDEFGHJKLM"] } });
  await person.type(await screen.findByRole("textbox", { name: "Recovery code" }), "ABCDEFGHJKLMNPQRSTUVWXYZ");
  await person.click(await button("Continue"));
  await hasFocus(await heading("Save your recovery code"));
  expect((await screen.findByRole("group", { name: "Recovery code" })).textContent).toContain("NPQR");
  bff.answers("POST /recovery-code/acknowledge", { view: allowed });
  await person.click(screen.getByRole("checkbox", { name: "I have saved it" }));
  await person.click(await button("Done"));
  expect(await heading("Remove Text message and voice call XXXXXXX0199?")).toBeDefined();
});
