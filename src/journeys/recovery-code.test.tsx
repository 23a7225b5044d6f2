// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStory, type Screen, type Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

async function atTheRecoveryCode(): Promise<Screen> {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", "+1 202-555-0147");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
  return screen;
}

const issued = () => story.stack.simulator.ledger.list("recoveryCodeIssued").map(({ recoveryCode }) => recoveryCode);

it("someone is shown the tenant’s own recovery code, whole", async () => {
  const screen = await atTheRecoveryCode();
  expect(issued()).toEqual([screen.recoveryCode()]);
});

it("someone who has not ticked that they saved it stays, and is told why", async () => {
  const screen = await atTheRecoveryCode();
  await screen.press("Done");
  screen.see("Save your recovery code");
  expect(screen.says("Save the code, then tick this box.")).toBe(true);
  expect(screen.offers("Cancel")).toBe(false);
});

it("someone who reloads before saving sees the same code again, as often as they like", async () => {
  const screen = await atTheRecoveryCode();
  const code = screen.recoveryCode();
  for (let time = 0; time < 3; time += 1) {
    await screen.reload();
    expect(screen.recoveryCode()).toBe(code);
  }
  await screen.saveRecoveryCode();
  screen.see("You’re all set");
});

it("someone whose BFF restarts before they saved it still gets it", async () => {
  const screen = await atTheRecoveryCode();
  const code = screen.recoveryCode();
  story.stack.restart();
  await screen.reload();
  expect(await screen.saveRecoveryCode()).toBe(code);
});

it("someone who saved it never sees it again", async () => {
  const screen = await atTheRecoveryCode();
  const code = await screen.saveRecoveryCode();
  await screen.reload();
  screen.see("Sign-in methods");
  expect(screen.container.textContent.replaceAll(/\s/g, "")).not.toContain(code);
  expect(await screen.browser.call("recoveryCode")).toMatchObject({ problem: { code: "no_recovery_code" } });
});

it("someone the tenant gives no recovery code goes straight to the end", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("toni@example.com");
  await screen.askForCode("sms", "+1 202-555-0147");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("You’re all set");
});

it("someone who signs in on another device before saving it proves it’s them first", async () => {
  await atTheRecoveryCode();
  const other = await story.open();
  await other.signInHere("robin@example.com");
  expect(other.container.textContent).not.toContain("Save your recovery code");
});
