// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { RecoveryDevices } from "../ui/recovery-devices.ts";
import { browserDevices } from "../ui/recovery-devices.ts";
import type { MfaOptions } from "./react.tsx";
import { recoveryView, scriptBff } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

const CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const able: RecoveryDevices = {
  copy: async () => true,
  download: () => true,
  print: () => true,
  share: async () => true,
};

afterEach(() => vi.unstubAllGlobals());

async function saving(options: MfaOptions, name = "a•••@mail.example") {
  const view = recoveryView();
  const bff = scriptBff({ ...view, person: view.person && { ...view.person, name } });
  bff.answers("POST /recovery-code", { json: { recoveryCodes: [CODE] } });
  const { person } = visit(bff, { plain: true, ...options });
  const press = async (way: string) => person.click(await screen.findByRole("button", { name: way }));
  return { press };
}

const shown = (text: string) => screen.queryByText(text, { ignore: ".mfa-spoken *" }) !== null;

test("what was said of one way gives place to the next one, also where that has nothing to say", async () => {
  const { press } = await saving({ devices: able });
  await press("Download");
  expect(shown("Saved to your downloads.")).toBe(true);
  await press("Copy");
  await waitFor(() => expect(shown("Copied.")).toBe(true));
  expect(shown("Saved to your downloads.")).toBe(false);
  await press("Print");
  expect(shown("Copied.")).toBe(false);
});

test("each way that is denied names another one", async () => {
  const denied = { copy: async () => false, download: () => false, print: () => false, share: async () => false };
  const { press } = await saving({ devices: denied });
  const sentences = {
    Copy: "Your browser didn’t allow copying. Select the code and copy it by hand.",
    Download: "Your browser didn’t allow the download. Copy or write down the code.",
    Print: "Printing isn’t possible here. Copy or write down the code.",
    Share: "Nothing was shared. Copy or write down the code.",
  };
  for (const [way, sentence] of Object.entries(sentences)) {
    await press(way);
    await waitFor(() => expect(shown(sentence)).toBe(true));
  }
});

test("a page without a secure context, whose browser has no clipboard, says no instead of failing", async () => {
  vi.stubGlobal("navigator", {});
  expect(browserDevices().share).toBeNull();
  expect(await browserDevices().copy(CODE)).toBe(false);
});

test("someone who closes the sheet for sharing has been denied nothing; a frame that may not share has", async () => {
  const share = vi.fn<() => Promise<void>>();
  vi.stubGlobal("navigator", { share });
  share.mockRejectedValueOnce(new DOMException("closed", "AbortError"));
  expect(await browserDevices().share?.(CODE)).toBe(true);
  share.mockRejectedValueOnce(new DOMException("no", "NotAllowedError"));
  expect(await browserDevices().share?.(CODE)).toBe(false);
  vi.stubGlobal("navigator", { share, canShare: () => false });
  expect(browserDevices().share).toBeNull();
});

test.each([
  ["by the masked name where that says anything", {}, "a•••@mail.example", "Account: a•••@mail.example"],
  ["by the name that the host gives", { accountName: "robin@example.com" }, "R•••", "Account: robin@example.com"],
  ["not at all where the mask leaves single letters", {}, "R••• K•••", undefined],
])("the printed sheet names the account %s", async (_, options, name, line) => {
  const printed: string[] = [];
  const print = (lines: readonly string[]) => printed.push(...lines) > 0;
  const { press } = await saving({ devices: { ...able, print }, ...options }, name);
  await press("Print");
  expect(printed).toContain("ABCD EFGH JKLM NPQR STUV WXYZ");
  expect(printed.find((text) => text.startsWith("Account"))).toBe(line);
});
