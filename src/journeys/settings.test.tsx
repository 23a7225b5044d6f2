// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStory, type Screen, type Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

async function kimAtThePanel(): Promise<Screen> {
  story = createStory();
  const screen = await story.open();
  await screen.signInByRedirect("kim@example.com");
  screen.see("Sign-in methods");
  return screen;
}

it("someone removes their phone and is told what goes with it", async () => {
  const screen = await kimAtThePanel();
  expect(screen.methods()).toHaveLength(1);
  await screen.press(/^Remove Text message and voice call/);
  expect(screen.says(/This removes both texts and calls for/)).toBe(true);
  expect(screen.says(/It’s your last method/)).toBe(true);
  await screen.press("Remove");
  expect(screen.says(/You have no sign-in methods yet/)).toBe(true);
  expect(story.stack.simulator.ledger.list("delete")).toHaveLength(1);
});

it("someone who thinks again keeps it", async () => {
  const screen = await kimAtThePanel();
  await screen.press(/^Remove Text message and voice call/);
  await screen.press("Keep it");
  expect(screen.methods()).toHaveLength(1);
  expect(story.stack.simulator.ledger.list("delete")).toHaveLength(0);
});

it("someone who clicks Remove twice removes one thing", async () => {
  const screen = await kimAtThePanel();
  await screen.press(/^Remove Text message and voice call/);
  await screen.pressTwice("Remove");
  expect(story.stack.simulator.ledger.list("delete")).toHaveLength(1);
});

it("someone who signed in with the password proves it’s them before anything goes", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("kim@example.com");
  await screen.press(/^Remove Text message and voice call/);
  await screen.press("Remove");
  screen.see("Confirm it’s you");
  await screen.press("Send code");
  await screen.type("Six-digit code", story.newestCode());
  expect(story.stack.simulator.ledger.list("delete")).toHaveLength(0);
  await screen.press("Remove");
  expect(screen.says(/You have no sign-in methods yet/)).toBe(true);
});

it("someone replaces their number, and the old one goes only once the new one works", async () => {
  const screen = await kimAtThePanel();
  await screen.press(/^Replace Text message and voice call/);
  await screen.type("Phone number", "+1 202-555-0147");
  await screen.press("Text me a code");
  expect(story.stack.simulator.ledger.list("delete")).toHaveLength(0);
  await screen.type("Six-digit code", story.newestCode());
  screen.see("You’re all set");
  expect(screen.says(/has taken the place of the old method/)).toBe(true);
  await screen.press("Done");
  expect(screen.methods()).toEqual([expect.stringContaining("0147")]);
  const order = story.stack.simulator.ledger.list().map(({ type }) => type);
  expect(order.indexOf("delete")).toBeGreaterThan(order.indexOf("confirm"));
});

it("someone who adds the number that they have already is told so at the field, and nothing is sent", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", "+1 202-555-0147");
  await screen.type("Six-digit code", story.newestCode());
  await screen.saveRecoveryCode();
  await screen.press("Done");
  await screen.askForCode("voice", "+1 (202) 555 0147");
  expect(screen.says("This number is already one of your sign-in methods.")).toBe(true);
  expect(story.sends()).toBe(1);
  await screen.type("Phone number", "+1 202-555-0148");
  await screen.press("Call me with a code");
  expect(story.sends()).toBe(2);
});

it("someone finds that a method they remove was removed already", async () => {
  const screen = await kimAtThePanel();
  await screen.press(/^Remove Text message and voice call/);
  const kim = story.stack.simulator.people.get("auth0|kim");
  if (kim) kim.authenticators = [];
  await screen.press("Remove");
  expect(screen.says(/You have no sign-in methods yet/)).toBe(true);
});
