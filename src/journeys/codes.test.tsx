// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStory, type Screen, type Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

const NUMBER = "+1 202-555-0147";
const WRONG = "000000";
const MINUTE = 60_000;

async function atTheCode(): Promise<Screen> {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", NUMBER);
  screen.see("Enter the code we texted");
  return screen;
}

/** Lists what a screen reader is given to say from now on, each as often as it is said. */
function listen(screen: Screen): string[] {
  const heard: string[] = [];
  const spoken = screen.container.querySelector(".mfa-spoken");
  if (spoken === null) throw new Error("Nothing is spoken here.");
  // What was spoken is taken away again after a while, which nobody hears.
  const said = () => spoken.textContent !== "" && heard.push(spoken.textContent);
  new MutationObserver(said).observe(spoken, { childList: true });
  return heard;
}

async function finish(screen: Screen): Promise<void> {
  await screen.type("Six-digit code", story.newestCode());
  await screen.saveRecoveryCode();
  screen.see("You’re all set");
}

it("someone who mistypes the code is told how many tries are left, and the right one still works", async () => {
  const screen = await atTheCode();
  await screen.type("Six-digit code", WRONG);
  expect(screen.says("That code didn’t match. 4 tries left.")).toBe(true);
  await finish(screen);
  expect(story.sends()).toBe(1);
});

it("someone who guesses is stopped before the tenant would be, and is told until when", async () => {
  const screen = await atTheCode();
  for (const guess of ["000000", "000001", "000002", "000003", "000004"]) await screen.type("Six-digit code", guess);
  expect(story.stack.simulator.ledger.list("codeRefused")).toHaveLength(5);
  // The lock is there with the last try, and after a reload: nothing is offered that could only be refused.
  for (const look of [async () => {}, screen.reload]) {
    await look();
    screen.see("Locked for a while");
    expect(screen.says(/You can try again at .*9:00/)).toBe(true);
    for (const button of ["Confirm", "Send another text"]) expect(screen.offers(button)).toBe(false);
  }
  await story.time.advance(30_000);
  await screen.press("Send another text");
  expect(story.sends()).toBe(2);
  await finish(screen);
  expect(story.stack.simulator.ledger.list("codeRefused")).toHaveLength(5);
});

it("someone whose code expired gets a new one without retyping the number", async () => {
  const screen = await atTheCode();
  const early = story.newestCode();
  await story.time.advance(5 * MINUTE + 1_000);
  expect(screen.says("This code has ended. Send a new one.")).toBe(true);
  await screen.type("Six-digit code", early);
  expect(screen.says("That code has ended. Send a new one.")).toBe(true);
  await screen.press("Send another text");
  expect(story.sends()).toBe(2);
  await finish(screen);
});

it("someone whose code runs out is warned a minute and twenty seconds before, in words and once each aloud", async () => {
  const screen = await atTheCode();
  const heard = listen(screen);
  await story.time.advance(4 * MINUTE - 1_000);
  expect(screen.says(/or less/)).toBe(false);
  await story.time.advance(1_000);
  expect(screen.says("A minute or less is left.")).toBe(true);
  await story.time.advance(39_000);
  expect(heard).toEqual(["A minute or less is left."]);
  await story.time.advance(1_000);
  expect(screen.says("20 seconds or less are left.")).toBe(true);
  expect(screen.says("A minute or less is left.")).toBe(false);
  await story.time.advance(20_000);
  expect(screen.says(/or less/)).toBe(false);
  // The live region takes a moment's pause before each sentence.
  await story.time.advance(1_000);
  expect(heard).toEqual([
    "A minute or less is left.",
    "20 seconds or less are left.",
    "This code has ended. Send a new one.",
  ]);
  // Another code is another wait: its own warnings come.
  await screen.press("Send another text");
  expect(screen.says(/or less|has ended/)).toBe(false);
  await story.time.advance(4 * MINUTE + 1_000);
  expect(heard.slice(3)).toEqual(["Sent.", "A minute or less is left."]);
  await finish(screen);
});

it("someone for whose next code too little time is left reads why, confirms it’s them and finds the number they typed", async () => {
  const screen = await atTheCode();
  await story.time.advance(8 * MINUTE - 2_000);
  expect(screen.offers("Send another text")).toBe(true);
  await story.time.advance(2_000);
  expect(screen.offers("Send another text")).toBe(false);
  expect(screen.says("Too little time is left for another code. Confirm it’s you to get one.")).toBe(true);
  await screen.press("Confirm it’s you");
  expect(story.sends()).toBe(1);
  await screen.type("Password", "Enroll-Demo-1");
  await screen.press("Continue");
  screen.see("Which number should we text?");
  expect(screen.typed("Phone number").replaceAll(/\D/g, "")).toMatch(/2025550147$/);
  await screen.press("Text me a code");
  expect(story.sends()).toBe(2);
  await finish(screen);
});

it("someone who waits can ask for another text after half a minute, and no sooner", async () => {
  const screen = await atTheCode();
  expect(screen.offers("Send another text")).toBe(false);
  expect(screen.says("You can ask for another in 30 seconds.")).toBe(true);
  await story.time.advance(30_000);
  await screen.press("Send another text");
  expect(story.sends()).toBe(2);
  await finish(screen);
});

it("someone who gets no text has the same number called, and confirms with what the call says", async () => {
  const screen = await atTheCode();
  await screen.press("Call me instead");
  screen.see("Enter the code from the call");
  const call = story.stack.simulator.outbox.list().at(-1);
  expect(call).toMatchObject({ channel: "voice", to: "+12025550147" });
  await finish(screen);
});

it("someone who prefers a text to a call switches back, with one message for each wish", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("voice", NUMBER);
  await screen.press("Text me instead");
  screen.see("Enter the code we texted");
  expect(story.stack.simulator.outbox.list().map(({ channel }) => channel)).toEqual(["voice", "sms"]);
  await finish(screen);
});

it("someone who mistyped their number finds it kept and changes one digit", async () => {
  const screen = await atTheCode();
  await screen.press("Change number");
  expect(screen.typed("Phone number").replaceAll(/\D/g, "")).toMatch(/2025550147$/);
  await screen.type("Phone number", "+1 202-555-0148");
  await screen.press("Text me a code");
  expect(story.stack.simulator.outbox.list().at(-1)?.to).toBe("+12025550148");
  await finish(screen);
  await screen.press("Done");
  expect(screen.methods()).toHaveLength(1);
});

it("someone who looks at their number again goes back to the code that was sent, which waits as before", async () => {
  const screen = await atTheCode();
  await story.time.advance(10_000);
  const back = "Back to the code for +1\u00a0••••\u00a047";
  await screen.press("Change number");
  await screen.press(back);
  expect(screen.says("You can ask for another in 20 seconds.")).toBe(true);
  await screen.press("Use another method");
  await screen.press(back);
  expect(story.sends()).toBe(1);
  await finish(screen);
});

it("someone who goes back and asks for the same number again gets no second message", async () => {
  const screen = await atTheCode();
  await screen.press("Change number");
  await screen.press("Text me a code");
  screen.see("Enter the code we texted");
  expect(story.sends()).toBe(1);
  await finish(screen);
});

it("someone who clicks twice gets one text", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.press("Add a method");
  await screen.choose("Text message");
  await screen.press("Continue");
  await screen.type("Phone number", NUMBER);
  await screen.pressTwice("Text me a code");
  screen.see("Enter the code we texted");
  expect(story.sends()).toBe(1);
  expect(story.stack.simulator.ledger.list("associate")).toHaveLength(1);
});

it("someone whose number the carrier refuses keeps it and can change it", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", "+1 202-555-0190");
  expect(screen.says("This number was refused. Check it, or use another one.")).toBe(true);
  await screen.type("Phone number", NUMBER);
  await screen.press("Text me a code");
  screen.see("Enter the code we texted");
});

it("someone who has asked too often is told when to ask again, and may use another method", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", "+1 202-555-0192");
  expect(screen.says(/Too many texts. You can ask again at/)).toBe(true);
  await screen.press("Back");
  await screen.askForCode("email", "robin.other@example.com");
  screen.see("Enter the code we emailed");
});

it("someone whose text never comes is told the usual reasons after half a minute", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", "+1 202-555-0191");
  expect(screen.says("Didn’t get it?")).toBe(false);
  await story.time.advance(31_000);
  expect(screen.says("Didn’t get it?")).toBe(true);
});

it("someone who cancels finds nothing added and starts afresh", async () => {
  const screen = await atTheCode();
  await screen.press("Cancel");
  screen.see("Sign-in methods");
  expect(screen.says(/You have no sign-in methods yet/)).toBe(true);
  await screen.askForCode("email", "robin.other@example.com");
  await finish(screen);
});

it("someone the tenant has locked is told so, not that the code was wrong", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("jules@example.com");
  await screen.askForCode("sms", NUMBER);
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Locked for a while");
});
