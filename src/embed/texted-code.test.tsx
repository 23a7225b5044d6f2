// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { codeView, scriptBff } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

const heading = (name: string) => screen.findByRole("heading", { name });
const TEXTED = { channel: "sms", contact: "+1\u00a0••••\u00a023" } as const;

/** A browser that can read texts; each question waits until the test answers it or the page takes it back. */
function readsTexts() {
  const asked: { readonly signal: AbortSignal; readonly arrive: (code: string) => void }[] = [];
  const get = ({ signal }: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      asked.push({ signal, arrive: (code) => resolve({ code }) });
      signal.addEventListener("abort", () => reject(new DOMException("taken back", "AbortError")));
    });
  vi.stubGlobal("OTPCredential", () => {});
  Object.defineProperty(navigator, "credentials", { value: { get }, configurable: true });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "credentials");
});

test("someone whose browser reads the text types nothing: the code is filled in and handed in once", async () => {
  const asked = readsTexts();
  const bff = scriptBff(codeView(TEXTED));
  visit(bff, { plain: true });
  await heading("Enter the code we texted");
  await waitFor(() => expect(asked).toHaveLength(1));
  bff.answers("POST /enrollment/confirm", { problem: { code: "wrong_code", status: 422, attemptsLeft: 2 } });
  asked[0]?.arrive("123456");
  await screen.findByText("That code didn’t match. 2 tries left.", { ignore: ".mfa-spoken *" });
  expect(bff.sent().map(({ body }) => body)).toEqual([{ enrollmentId: "enrollment-1", code: "123456" }]);
  expect(asked).toHaveLength(1);
});

test("a code that somebody typed themselves ends the waiting", async () => {
  const asked = readsTexts();
  const bff = scriptBff(codeView(TEXTED));
  const { person } = visit(bff, { plain: true });
  const field = await screen.findByRole("textbox", { name: "Six-digit code" });
  await waitFor(() => expect(asked).toHaveLength(1));
  bff.answers("POST /enrollment/confirm", { problem: { code: "wrong_code", status: 422, attemptsLeft: 2 } });
  await person.type(field, "123456");
  await waitFor(() => expect(asked[0]?.signal.aborted).toBe(true));
});

test("nothing is waited for by email, nor once the screen is left", async () => {
  const asked = readsTexts();
  const mailed = visit(scriptBff(codeView()), { plain: true });
  await heading("Enter the code we emailed");
  mailed.page.unmount();
  expect(asked).toEqual([]);
  const texted = visit(scriptBff(codeView(TEXTED)), { plain: true });
  await waitFor(() => expect(asked).toHaveLength(1));
  texted.page.unmount();
  expect(asked[0]?.signal.aborted).toBe(true);
});
