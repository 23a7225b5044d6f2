// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { MfaOptions } from "./react.tsx";
import { codeView, MAILBOX, PHONE, recoveryView, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { hasFocus, visit } from "./visit.tsx";

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const listing = (...items: NonNullable<ReturnType<typeof view>["authenticators"]>["items"]) =>
  view({ authenticators: { items, knownAt: SERVER_NOW } });

test("an empty panel says what a method is good for and offers to add one", async () => {
  visit(scriptBff(view()));
  expect(await heading("Sign-in methods")).toBeDefined();
  expect(
    screen.getByText("You have no sign-in methods yet. Add one, so that a stolen password isn’t enough."),
  ).toBeDefined();
  expect(await button("Add a method")).toBeDefined();
});

test("every word of the first screens is a sentence, never the name of one", async () => {
  const { person } = visit(scriptBff(listing(PHONE, { ...MAILBOX, automatic: true })));
  await heading("Sign-in methods");
  const keys = /\b(?:panel|choose|channel|said|sign_in|code|stopped)\.[a-z_.]+/;
  expect(document.body.textContent).not.toMatch(keys);
  await person.click(await button("Add a method"));
  await heading("How should we check it’s you?");
  expect(document.body.textContent).not.toMatch(keys);
});

test("removing a number asks first, names what goes with it, and says when it is gone", async () => {
  const bff = scriptBff(listing(PHONE));
  const onRemoved = vi.fn<NonNullable<MfaOptions["onRemoved"]>>();
  const { person } = visit(bff, { onRemoved });
  await person.click(await button("Remove Text message and voice call XXXXXXX0199"));
  await hasFocus(await heading("Remove Text message and voice call XXXXXXX0199?"));
  expect(screen.getByText("This removes both texts and calls for XXXXXXX0199.")).toBeDefined();
  expect(screen.getByText(/your last method/)).toBeDefined();
  expect(bff.sent()).toEqual([]);
  bff.answers("POST /authenticators/remove", { view: view() });
  await person.click(await button("Remove"));
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("XXXXXXX0199 was removed."));
  expect(onRemoved.mock.calls).toEqual([[{ channels: ["sms", "voice"] }]]);
  expect(bff.sent()).toHaveLength(1);
});

test("someone who thinks again keeps the method, and the panel has the focus", async () => {
  const bff = scriptBff(listing(PHONE));
  const { person } = visit(bff);
  await person.click(await button("Remove Text message and voice call XXXXXXX0199"));
  await person.click(await button("Keep it"));
  await hasFocus(await heading("Sign-in methods"));
  expect(bff.sent()).toEqual([]);
});

test("a removal that needs a proof comes back to the question, not to the deed", async () => {
  const bff = scriptBff(listing(PHONE));
  const { person } = visit(bff);
  await person.click(await button("Remove Text message and voice call XXXXXXX0199"));
  bff.answers("POST /authenticators/remove", { problem: { code: "proof_needed", status: 403 } });
  bff.shows({
    ...listing(PHONE),
    can: { list: "yes", add: "after_proof", remove: "after_proof" },
    proof: { by: "password" },
  });
  await person.click(await button("Remove"));
  bff.answers("POST /sign-in", { json: { outcome: "signed_in", view: listing(PHONE) } });
  await person.type(await screen.findByLabelText("Password"), "Enroll-Demo-1");
  await person.click(await button("Continue"));
  expect(await heading("Remove Text message and voice call XXXXXXX0199?")).toBeDefined();
  expect(bff.sent().map(({ route }) => route)).toEqual(["POST /authenticators/remove", "POST /sign-in"]);
});

test("the automatic address can be neither removed nor replaced", async () => {
  visit(scriptBff(listing({ ...MAILBOX, automatic: true })));
  expect(await screen.findByText("Your account’s verified address. It’s always on.")).toBeDefined();
  expect(screen.queryByRole("button", { name: /Remove|Replace/ })).toBeNull();
});

test("replacing a number asks for the new one and says which it replaces", async () => {
  const bff = scriptBff(listing(MAILBOX));
  const { person } = visit(bff);
  await person.click(await button("Replace Email r•••@mail.example"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "new@mail.example");
  bff.answers("POST /enrollment", { view: codeView({ replaces: "email-1" }) });
  await person.click(await button("Email me a code"));
  await screen.findByRole("textbox", { name: "Six-digit code" });
  expect(bff.sent().at(-1)?.body).toEqual({ channel: "email", contact: "new@mail.example", replaces: "email-1" });
  expect(screen.getByText("Step 2 of 3")).toBeDefined();
});

test("a list that is old says so and how to know better", async () => {
  const bff = scriptBff({
    ...listing(PHONE),
    can: { list: "after_proof", add: "after_proof", remove: "after_proof" },
    proof: { by: "redirect" },
  });
  const { person } = visit(bff);
  expect(await screen.findByText(/^As of .+ Confirm it’s you to see whether anything has changed\.$/)).toBeDefined();
  await person.click(await button("Confirm it’s you"));
  expect(await heading("Confirm it’s you")).toBeDefined();
});

test("an enrollment that was left comes back by itself after a reload, and from the panel otherwise", async () => {
  const bff = scriptBff(codeView());
  const { person } = visit(bff);
  await screen.findByRole("textbox", { name: "Six-digit code" });
  bff.answers("POST /enrollment/cancel", { view: view() });
  await person.click(await button("Cancel"));
  await hasFocus(await heading("Sign-in methods"));
  expect(bff.sent().at(-1)?.body).toEqual({ enrollmentId: "enrollment-1" });
});

test("a recovery code that was never saved is still there after a reload", async () => {
  const bff = scriptBff(recoveryView());
  const codes = { json: { recoveryCodes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } };
  bff.answers("POST /recovery-code", codes);
  visit(bff);
  expect(await screen.findByRole("group", { name: "Recovery code" })).toBeDefined();
  expect(document.activeElement).toBe(document.body);
  expect(bff.sent()).toHaveLength(1);
});

test("saving works, and what the browser denies is said with another way", async () => {
  const bff = scriptBff(recoveryView());
  bff.answers("POST /recovery-code", { json: { recoveryCodes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } });
  const download = vi.fn<(name: string, text: string) => boolean>(() => true);
  const print = vi.fn<(lines: readonly string[]) => boolean>(() => true);
  const devices = { copy: async () => false, download, print, share: null };
  const { person } = visit(bff, { devices, siteName: "Larkmoor" });
  await person.click(await button("Copy"));
  const denied = "Your browser didn’t allow copying. Select the code and copy it by hand.";
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(denied));
  await person.click(await button("Download"));
  expect(download.mock.calls).toEqual([
    ["recovery-code.txt", expect.stringContaining("ABCD EFGH JKLM NPQR STUV WXYZ")],
  ]);
  await person.click(await button("Print"));
  expect(print.mock.calls.map(([lines]) => lines)).toEqual([expect.arrayContaining(["Recovery code for Larkmoor"])]);
  expect(screen.queryByRole("button", { name: "Share" })).toBeNull();
});

test("somebody who is not signed in is offered both ways that the host allows", async () => {
  const bff = scriptBff(view({ person: null, authenticators: null }));
  const { person } = visit(bff);
  expect(await heading("Sign in to see your sign-in methods")).toBeDefined();
  await person.type(await screen.findByRole("textbox", { name: "Email or username" }), "river@mail.example");
  await person.type(await screen.findByLabelText("Password"), "not-this-one");
  bff.answers("POST /sign-in", { problem: { code: "sign_in_refused", status: 422 } });
  await person.click(await button("Sign in"));
  const field = (await screen.findByLabelText("Password")) as HTMLInputElement;
  await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
  expect(field.value).toBe("");
  const words = "That didn’t match. Check your sign-in name and password.";
  expect(field.getAttribute("aria-describedby")).toBe(screen.getByText(words, { selector: "p" }).id);
  expect(await button("Use the sign-in page instead")).toBeDefined();
});

test("a service that is down stops with a reason and a way back", async () => {
  const bff = scriptBff(codeView());
  const onStopped = vi.fn<NonNullable<MfaOptions["onStopped"]>>();
  const { person } = visit(bff, { onStopped });
  bff.answers("POST /enrollment/confirm", { problem: { code: "upstream_unavailable", status: 503 } });
  await person.type(await screen.findByRole("textbox", { name: "Six-digit code" }), "123456");
  await hasFocus(await heading("The service isn’t available"));
  expect(screen.getByText("Reference for support: c0ffee")).toBeDefined();
  await person.click(await button("Try again"));
  expect(await screen.findByRole("textbox", { name: "Six-digit code" })).toBeDefined();
  expect(onStopped.mock.calls).toEqual([[{ code: "upstream_unavailable" }]]);
});

test("a lock says until when, and the way on appears when it ends", async () => {
  const bff = scriptBff(codeView({ attemptsLeft: 1 }));
  const { person, clock } = visit(bff);
  const retryAt = SERVER_NOW + 60_000;
  bff.answers("GET /enrollment/contact", { json: { channel: "email", contact: "river@mail.example" } });
  bff.answers("POST /enrollment/confirm", { problem: { code: "too_many_codes", status: 429, retryAt } });
  await person.type(await screen.findByRole("textbox", { name: "Six-digit code" }), "123456");
  expect(await heading("Locked for a while")).toBeDefined();
  expect(await button("Close")).toBeDefined();
  clock.now = retryAt + 1;
  await person.click(await button("Close"));
  expect(await heading("Sign-in methods")).toBeDefined();
});

test("a page without a connection says so and can try again", async () => {
  const bff = scriptBff(view());
  bff.shows("lost");
  const { person } = visit(bff);
  expect(await heading("We can’t reach the service")).toBeDefined();
  bff.shows(view());
  await person.click(await button("Try again"));
  expect(await heading("Sign-in methods")).toBeDefined();
});

test("two panels on one page know nothing of each other", async () => {
  const one = scriptBff(listing(PHONE));
  const other = scriptBff(view());
  const { person } = visit(one);
  visit(other);
  const headings = () => screen.queryAllByRole("heading", { name: "Sign-in methods" });
  await waitFor(() => expect(headings()).toHaveLength(2));
  const [add] = await screen.findAllByRole("button", { name: "Add a method" });
  if (add !== undefined) await person.click(add);
  await waitFor(() => expect(headings()).toHaveLength(1));
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("no markup carries a style of its own, so a strict policy has nothing to refuse", async () => {
  const { person } = visit(scriptBff(codeView()));
  await screen.findByRole("textbox", { name: "Six-digit code" });
  expect(document.querySelectorAll("[style], style")).toHaveLength(0);
  await person.click(await button("Use another method"));
  await heading("How should we check it’s you?");
  expect(document.querySelectorAll("[style], style")).toHaveLength(0);
});

test("a screen that comes late comes in the end, also without StrictMode's second look", async () => {
  visit(scriptBff(codeView()), { plain: true });
  expect(await screen.findByRole("textbox", { name: "Six-digit code" })).toBeDefined();
});

test("the wizard alone starts with the choice and tells its host when it is left", async () => {
  const onClose = vi.fn<() => void>();
  const { person } = visit(scriptBff(view()), { alone: true, onClose });
  expect(await heading("How should we check it’s you?")).toBeDefined();
  expect(document.activeElement).toBe(document.body);
  await person.click(await button("Cancel"));
  await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
});

test("someone whose notice of a change could not be delivered yet reads that it is tried, until it is", async () => {
  const late = "We couldn’t email you about a recent change yet. We keep trying.";
  const bff = scriptBff(view({ noticesDelayed: true }));
  visit(bff);
  expect(await screen.findByText(late)).toBeDefined();
  expect(screen.queryByText(/no longer trust/)).toBeNull();
  bff.shows(view());
  window.dispatchEvent(new Event("online"));
  await waitFor(() => expect(screen.queryByText(late)).toBeNull());
  expect(bff.sent()).toEqual([]);
});
