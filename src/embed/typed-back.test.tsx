// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { recoveryView, scriptBff } from "./scripted-bff.ts";
import { hasFocus, visit } from "./visit.tsx";

const CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const LABEL = "Last four characters of the recovery code";
const WRONG = "That’s not how this code ends. Look at what you saved.";
const end = () => screen.findByRole("textbox", { name: LABEL });
const inPage = () => document.body.textContent.replaceAll(/\s/g, "").includes(CODE);

async function saved() {
  const bff = scriptBff(recoveryView());
  bff.answers("POST /recovery-code", { json: { recoveryCodes: [CODE] } });
  const { person } = visit(bff, { asksRecoveryCodeBack: true });
  await screen.findByRole("group", { name: "Recovery code" });
  await person.click(screen.getByRole("checkbox", { name: "I have saved it" }));
  await person.click(screen.getByRole("button", { name: "Done" }));
  return { bff, person };
}

test("someone whose host wants to be sure types the end of the code while it is out of sight", async () => {
  const { bff, person } = await saved();
  await hasFocus(await end());
  expect(inPage()).toBe(false);
  bff.answers("POST /recovery-code/acknowledge", { view: { ...recoveryView(), flow: { step: "idle" } } });
  await person.type(await end(), "wx yz");
  await person.click(screen.getByRole("button", { name: "Done" }));
  await screen.findByRole("heading", { name: "You’re all set" });
  // What was typed stays on the page.
  expect(bff.sent().at(-1)?.body).toEqual({});
});

test("someone who types something else stays, hears why once, and can look at the code again", async () => {
  const { bff, person } = await saved();
  await person.type(await end(), "WXYA{Enter}");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(WRONG));
  expect(screen.getByRole("textbox", { name: LABEL, description: new RegExp(`^${WRONG}`) })).toBeDefined();
  expect(bff.sent()).toHaveLength(1);
  await person.click(screen.getByRole("button", { name: "Show the code" }));
  await screen.findByRole("group", { name: "Recovery code" });
  expect(inPage()).toBe(true);
});

test("someone who types the code of a text instead is told what is asked for", async () => {
  const { person } = await saved();
  await person.type(await end(), "482915{Enter}");
  const words = "That looks like a six-digit code. Type the end of the recovery code you saved.";
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(words));
});
