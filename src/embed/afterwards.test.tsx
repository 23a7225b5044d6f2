// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { SessionView } from "../contract/session-view.ts";
import type { MfaOptions } from "./react.tsx";
import { codeView, MAILBOX, PHONE, recoveryView, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { hasFocus, visit } from "./visit.tsx";

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const codeField = () => screen.findByRole("textbox", { name: "Six-digit code" });
const said = () => screen.getByRole("status").textContent;
const enrolled = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });
const lost = (canRenew: boolean): SessionView => ({
  ...enrolled,
  flow: { step: "recovery_code", authenticator: null, state: "lost", canRenew, needsProof: false },
});
const CODES = { json: { recoveryCodes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } };
const ENDED = "Your other sessions have ended. You’re still signed in here.";

test("what was said about a wrong code is not heard again once the right one was entered", async () => {
  const bff = scriptBff(codeView());
  const { person } = visit(bff);
  bff.answers("POST /enrollment/confirm", { problem: { code: "wrong_code", status: 422, attemptsLeft: 2 } });
  await person.type(await codeField(), "111111");
  await waitFor(() => expect(said()).toBe("That code didn’t match. 2 tries left."));
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await person.clear(await codeField());
  await person.type(await codeField(), "123456");
  await hasFocus(await heading("You’re all set"));
  // The heading that takes the focus says it, so the live region has nothing to add.
  expect(said()).toBe("");
});

test("an end that comes while somebody is busy elsewhere on the page is spoken, and takes no focus", async () => {
  const bff = scriptBff(codeView({ status: "confirm_unclear" }));
  visit(bff);
  await heading("Checking your code…");
  const elsewhere = document.body.appendChild(document.createElement("input"));
  elsewhere.focus();
  bff.shows(enrolled);
  window.dispatchEvent(new Event("online"));
  await heading("You’re all set");
  await waitFor(() => expect(said()).toBe("You’re all set"));
  expect(document.activeElement).toBe(elsewhere);
  elsewhere.remove();
});

test("someone who added a method can end their other sessions, and reads that it was done", async () => {
  const bff = scriptBff(codeView());
  const { person } = visit(bff);
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await person.type(await codeField(), "123456");
  bff.answers("POST /sessions/end-others", "lost", { view: enrolled });
  await person.click(await button("Sign out of my other sessions"));
  await person.click(await button("Try again"));
  await hasFocus(await screen.findByText(ENDED));
  expect(screen.queryByRole("button", { name: "Sign out of my other sessions" })).toBeNull();
  const [first, second] = bff.sent().slice(-2);
  expect(first?.body).toEqual({});
  expect(second?.key).toBe(first?.key);
  await person.click(await button("Done"));
  await heading("Sign-in methods");
  expect(screen.queryByText(ENDED)).toBeNull();
});

test("someone who removed a method can end their other sessions from the panel", async () => {
  const bff = scriptBff(view({ authenticators: { items: [PHONE, MAILBOX], knownAt: SERVER_NOW } }));
  const onClose = vi.fn<NonNullable<MfaOptions["onClose"]>>();
  const { person } = visit(bff, { onClose });
  await heading("Sign-in methods");
  expect(screen.queryByRole("button", { name: "Sign out of my other sessions" })).toBeNull();
  await person.click(await button("Remove Text message and voice call XXXXXXX0199"));
  expect(screen.queryByText(/your last method/)).toBeNull();
  bff.answers("POST /authenticators/remove", { view: enrolled });
  await person.click(await button("Remove"));
  await hasFocus(await heading("Sign-in methods"));
  bff.answers("POST /sessions/end-others", { problem: { code: "upstream_unavailable", status: 503 } });
  await person.click(await button("Sign out of my other sessions"));
  const words = "The sign-in service isn’t answering. Try again in a moment.";
  await waitFor(() => expect(screen.getAllByText(words)).toHaveLength(2));
  bff.answers("POST /sessions/end-others", { view: enrolled });
  await person.click(await button("Sign out of my other sessions"));
  await hasFocus(await screen.findByText(ENDED));
  expect(onClose).not.toHaveBeenCalled();
});

test("a lost recovery code says what that means, and without a way to a new one whom to ask", async () => {
  const bff = scriptBff(lost(false));
  const { person } = visit(bff);
  await heading("Your method is on, but there’s no recovery code");
  expect(screen.getByText(/no code gets you in if you lose your methods.*ask whoever runs your account/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Get a new recovery code" })).toBeNull();
  bff.answers("POST /recovery-code/acknowledge", { view: { ...enrolled, lostCode: { canRenew: false } } });
  await person.click(await button("I understand"));
  await heading("Sign-in methods");
  await waitFor(() => expect(bff.sent().map(({ route }) => route)).toEqual(["POST /recovery-code/acknowledge"]));
  expect(screen.getByText("Got lost on its way. Ask whoever runs your account for a new one.")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Get a new one" })).toBeNull();
});

test("someone who was told of a lost recovery code and comes back finds the panel, with a note of it alone", async () => {
  visit(scriptBff({ ...enrolled, lostCode: { canRenew: false } }));
  await heading("Sign-in methods");
  expect(screen.getByText("Got lost on its way. Ask whoever runs your account for a new one.")).toBeDefined();
});

test("someone who says that they know, while nobody answers, goes on all the same", async () => {
  const bff = scriptBff(lost(false));
  const { person } = visit(bff);
  bff.answers("POST /recovery-code/acknowledge", "lost");
  await person.click(await button("I understand"));
  await heading("Sign-in methods");
  await waitFor(() => expect(bff.sent()).toHaveLength(1));
  expect(screen.queryByText(/We couldn’t reach the service/)).toBeNull();
});

test("a lost recovery code is replaced by a new one, from the panel too, and saved like the first", async () => {
  const bff = scriptBff(lost(true));
  const { person } = visit(bff);
  bff.answers("POST /recovery-code/acknowledge", { view: { ...enrolled, lostCode: { canRenew: true } } });
  await person.click(await button("Not now"));
  await waitFor(() => expect(bff.sent()).toHaveLength(1));
  await person.click(await button("Get a new one"));
  bff.answers("POST /recovery-code/renew", { view: recoveryView() });
  bff.answers("POST /recovery-code", CODES);
  await person.click(await button("Get a new recovery code"));
  await hasFocus(await heading("Save your recovery code"));
  expect((await screen.findByRole("group", { name: "Recovery code" })).textContent).toContain("ABCD");
  bff.answers("POST /recovery-code/acknowledge", { view: enrolled });
  await person.click(screen.getByRole("checkbox", { name: "I have saved it" }));
  await person.click(await button("Done"));
  await hasFocus(await heading("You’re all set"));
  expect(bff.sent().map(({ route }) => route)).toEqual([
    "POST /recovery-code/acknowledge",
    "POST /recovery-code/renew",
    "POST /recovery-code",
    "POST /recovery-code/acknowledge",
  ]);
});

test("a new recovery code that needs a proof comes after it, when it is asked for again", async () => {
  const bff = scriptBff(lost(true));
  const { person } = visit(bff);
  bff.answers("POST /recovery-code/renew", { problem: { code: "proof_needed", status: 403 } });
  bff.shows({ ...lost(true), proof: { by: "password" } });
  await person.click(await button("Get a new recovery code"));
  expect(await heading("Confirm it’s you")).toBeDefined();
  bff.answers("POST /sign-in", { json: { outcome: "signed_in", view: lost(true) } });
  await person.type(await screen.findByLabelText("Password"), "Enroll-Demo-1");
  await person.click(await button("Continue"));
  await heading("Your method is on, but there’s no recovery code");
  bff.answers("POST /recovery-code/renew", { view: recoveryView() });
  bff.answers("POST /recovery-code", CODES);
  await person.click(await button("Get a new recovery code"));
  expect(await heading("Save your recovery code")).toBeDefined();
});

test("a new recovery code that cannot be had now leaves the screen and says why", async () => {
  const bff = scriptBff(lost(true));
  const { person } = visit(bff);
  bff.answers("POST /recovery-code/renew", { problem: { code: "outcome_unclear", status: 504, what: "renew" } });
  await person.click(await button("Get a new recovery code"));
  await waitFor(() => expect(said()).not.toBe(""));
  await heading("Your method is on, but there’s no recovery code");
  expect(await button("Not now")).toBeDefined();
});

test("after a message whose code cannot work, what is left and from when is said before another is sent", async () => {
  const bff = scriptBff(codeView({ status: "send_lost", resendAt: SERVER_NOW + 30_000, sendsLeft: 2 }));
  const { person, clock } = visit(bff);
  expect(await screen.findByText("You can ask for another in 30 seconds.")).toBeDefined();
  expect(screen.getByText("2 more can be sent.")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Send another code" })).toBeNull();
  clock.now += 31_000;
  const again = await screen.findByRole("button", { name: "Send another code" }, { timeout: 3_000 });
  bff.answers("POST /enrollment/resend", { view: codeView({ sendsLeft: 1 }) });
  await person.click(again);
  expect(await codeField()).toBeDefined();
  expect(bff.sent()).toHaveLength(1);
});
