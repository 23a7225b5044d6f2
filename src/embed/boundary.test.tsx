// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { codeView, MAILBOX, PHONE, recoveryView, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

const SAFE = "Something on this page went wrong. Your progress is safe.";
const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const notice = () => screen.findByText(SAFE, { ignore: ".mfa-spoken *" });
const enrolled = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });

// React reports what it has caught.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

/** Makes what writes dates, or numbers, fail, as any part of a screen may; returns what ends that. */
function fail(part: "DateTimeFormat" | "NumberFormat"): () => void {
  const failing = vi.spyOn(Intl, part).mockImplementation(function broken() {
    throw new Error("A part of the page fails.");
  });
  return () => failing.mockRestore();
}

test("a panel that fails while it is drawn keeps the host’s page, says that progress is safe, and is drawn from what is so", async () => {
  const host = document.body.appendChild(document.createElement("p"));
  host.textContent = "The host’s own words";
  const mend = fail("DateTimeFormat");
  const bff = scriptBff(enrolled);
  const { person } = visit(bff);
  await notice();
  expect(host.isConnected).toBe(true);
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(SAFE));
  mend();
  bff.shows(view({ authenticators: { items: [PHONE], knownAt: SERVER_NOW } }));
  await person.click(await button("Try again"));
  await heading("Sign-in methods");
  expect(await screen.findByText("XXXXXXX0199")).toBeDefined();
  expect(bff.sent()).toEqual([]);
  host.remove();
});

test("trying a screen again that still fails is no dead end: it says so again, and works when it can", async () => {
  const mend = fail("NumberFormat");
  const { person } = visit(scriptBff(view()), { alone: true });
  await notice();
  await person.click(await button("Try again"));
  await notice();
  mend();
  await person.click(await button("Try again"));
  expect(await heading("How should we check it’s you?")).toBeDefined();
});

test("an unsaved recovery code is shown after its screen failed", async () => {
  const bff = scriptBff(view());
  const { person } = visit(bff);
  bff.answers("POST /enrollment", { view: codeView() });
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  await person.click(await button("Email me a code"));
  const field = await screen.findByRole("textbox", { name: "Six-digit code" });
  bff.answers("POST /enrollment/confirm", { view: recoveryView() });
  bff.answers("POST /recovery-code", { json: { recoveryCodes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } });
  await person.type(field, "12345");
  // From here on the heading cannot say which step this is.
  const mend = fail("NumberFormat");
  await person.type(field, "6");
  await notice();
  mend();
  await person.click(await button("Try again"));
  await heading("Save your recovery code");
  expect((await screen.findByRole("group", { name: "Recovery code" })).textContent).toContain("ABCD EFGH");
  expect(bff.sent().map(({ route }) => route)).toEqual([
    "POST /enrollment",
    "POST /enrollment/confirm",
    "POST /recovery-code",
  ]);
});
