// @vitest-environment jsdom
import { act, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { MfaOptions } from "./react.tsx";
import { recoveryView, scriptBff } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

const CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const HIDDEN = "Hidden while you were away.";

function look(visibility: "hidden" | "visible") {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

afterEach(() => vi.restoreAllMocks());

const inPage = () => document.body.textContent.replaceAll(/\s/g, "").includes(CODE);
const said = () => screen.getByRole("status").textContent;

async function saving(options: MfaOptions = {}) {
  const bff = scriptBff(recoveryView());
  bff.answers("POST /recovery-code", { json: { recoveryCodes: [CODE] } });
  const opened = visit(bff, { plain: true, ...options });
  await screen.findByRole("group", { name: "Recovery code" });
  expect(inPage()).toBe(true);
  // Before it draws anything else React does what its last picture left to do: begins to listen.
  render(<i />);
  return { bff, ...opened };
}

test("someone who looks at another tab finds the code hidden, hears it once, and sees it again when they ask", async () => {
  const { bff, person } = await saving();
  look("hidden");
  expect(inPage()).toBe(false);
  const elsewhere = document.activeElement;
  look("visible");
  await screen.findByText(HIDDEN, { ignore: ".mfa-spoken *" });
  await waitFor(() => expect(said()).toBe(HIDDEN));
  expect(document.activeElement).toBe(elsewhere);
  expect(inPage()).toBe(false);
  await person.click(screen.getByRole("button", { name: "Show the code" }));
  expect(inPage()).toBe(true);
  expect(screen.queryByText(HIDDEN, { ignore: ".mfa-spoken *" })).toBeNull();
  expect(document.activeElement?.textContent).toBe("Recovery code");
  // Hidden in the page and shown there: the service is asked for it once.
  expect(bff.sent()).toHaveLength(1);
});

test("someone whose code is hidden keeps their tick and every way of saving it", async () => {
  const { bff, person } = await saving();
  await person.click(screen.getByRole("checkbox", { name: "I have saved it" }));
  look("hidden");
  look("visible");
  for (const way of ["Copy", "Download", "Print", "Done"]) screen.getByRole("button", { name: way });
  expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(true);
  bff.answers("POST /recovery-code/acknowledge", { view: { ...recoveryView(), flow: { step: "idle" } } });
  await person.click(screen.getByRole("button", { name: "Done" }));
  await screen.findByRole("heading", { name: "You’re all set" });
});

test("a host whose people copy from two windows can keep the code in sight", async () => {
  await saving({ hidesRecoveryCode: false });
  look("hidden");
  look("visible");
  expect(inPage()).toBe(true);
  expect(screen.queryByRole("button", { name: "Show the code" })).toBeNull();
});
