// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { createMemoryStore } from "../bff/store.ts";
import type { FaultRule } from "../simulator/faults.ts";
import type { Wire } from "./page.tsx";
import { createStory, type Screen, type Story } from "./story.ts";

/* What a person sees, and what is kept for them, when something on the way goes wrong. */

let story: Story;
afterEach(() => story.end());

const NUMBER = "+1 202-555-0147";
const MINUTE = 60_000;

const ASSOCIATE = "POST /mfa/associate";
const CONFIRM = "POST /oauth/token mfa-oob";
const LIST = "GET /mfa/authenticators";

const strike = (rule: FaultRule) => story.stack.simulator.faults.add(rule);
const digits = (text: string) => text.replaceAll(/\D/g, "");

async function signedIn(options: Parameters<Story["open"]>[0] = {}): Promise<Screen> {
  story = createStory();
  const screen = await story.open(options);
  await screen.signInHere("robin@example.com");
  return screen;
}

async function atTheCode(options: Parameters<Story["open"]>[0] = {}): Promise<Screen> {
  const screen = await signedIn(options);
  await screen.askForCode("sms", NUMBER);
  screen.see("Enter the code we texted");
  return screen;
}

function busyTenant(headers: Record<string, string>): FaultRule {
  const body = '{"error":"too_many_requests"}';
  return { route: ASSOCIATE, nth: 1, phase: "before", action: { type: "status", status: 429, headers, body } };
}

it("someone whom the tenant tells to wait reads until when, keeps the number, and is texted once when they ask again", async () => {
  const screen = await signedIn();
  strike(busyTenant({ "retry-after": "90" }));
  await screen.askForCode("sms", NUMBER);
  expect(screen.says(/Too many requests\. You can try again at .*9:01/)).toBe(true);
  expect(digits(screen.typed("Phone number"))).toMatch(/2025550147$/);
  // Nothing is asked again by itself, however long the page stays open.
  await story.time.advance(3 * MINUTE);
  expect(story.sends()).toBe(0);
  await screen.press("Text me a code");
  screen.see("Enter the code we texted");
  expect(story.sends()).toBe(1);
});

it.each([{}, { "retry-after": "-1" }, { "retry-after": "1000000000" }, { "x-ratelimit-reset": "soon" }])(
  "someone whom the tenant tells to wait until %j reads a time within the hour",
  async (headers: Record<string, string>) => {
    const screen = await signedIn();
    strike(busyTenant(headers));
    await screen.askForCode("sms", NUMBER);
    expect(screen.says(/You can try again at .*(9:\d\d|10:00)/)).toBe(true);
    expect(screen.container.textContent).not.toMatch(/NaN|Invalid|undefined/);
  },
);

it("someone whose text was not sent, as far as anybody can tell, is promised nothing and gets one by asking again", async () => {
  const screen = await signedIn();
  strike({ route: ASSOCIATE, nth: 1, phase: "before", action: { type: "status", status: 503 } });
  await screen.askForCode("sms", NUMBER);
  screen.see("Send another code?");
  expect(screen.says(/A message may arrive at .*; its code will not work/)).toBe(true);
  expect(story.sends()).toBe(0);
  expect(story.stack.simulator.people.get("auth0|robin")?.authenticators).toEqual([]);
  await story.time.advance(30_000);
  await screen.press("Send another code");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
  expect(story.sends()).toBe(1);
});

it("someone whose second text the tenant refuses is told from when, and the first code still works", async () => {
  const screen = await atTheCode();
  await story.time.advance(30_000);
  strike(busyTenant({ "retry-after": "60" }));
  await screen.press("Send another text");
  screen.see("Enter the code we texted");
  expect(screen.says(/Too many requests\. You can try again at/)).toBe(true);
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
  expect(story.sends()).toBe(1);
});

it("someone whose second text got lost on its way back is told to use the first code, which works", async () => {
  const screen = await atTheCode();
  const first = story.newestCode();
  await story.time.advance(30_000);
  strike({ route: ASSOCIATE, nth: 1, phase: "afterCommit", action: { type: "reset" } });
  await screen.press("Send another text");
  expect(screen.says(/answer got lost\. Use the earlier code, or send another/)).toBe(true);
  expect(story.sends()).toBe(2);
  await screen.type("Six-digit code", first);
  screen.see("Save your recovery code");
});

it("someone whose code could not be checked is not told that it is wrong, and enters it again", async () => {
  const screen = await atTheCode();
  strike({ route: CONFIRM, nth: 1, phase: "before", action: { type: "status", status: 503 } });
  await screen.type("Six-digit code", story.newestCode());
  screen.see("The service isn’t available");
  expect(screen.says(/didn’t match/)).toBe(false);
  await screen.press("Try again");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
  expect(story.sends()).toBe(1);
});

it("someone of whose code nobody knows yet whether it counted may leave, and finds the truth when they come back", async () => {
  const screen = await atTheCode();
  strike({ route: CONFIRM, nth: 1, phase: "afterCommit", action: { type: "reset" } });
  strike({ route: LIST, phase: "before", action: { type: "status", status: 503 } });
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Checking your code…");
  screen.close();
  story.stack.simulator.faults.clear();
  await story.time.advance(MINUTE);
  const later = await story.open({ browser: screen.browser });
  later.see("Save your recovery code");
  const [issued] = story.stack.simulator.ledger.list("recoveryCodeIssued");
  expect(later.recoveryCode()).toBe(issued?.recoveryCode);
  expect(story.stack.simulator.ledger.list("confirm")).toHaveLength(1);
});

it("someone who reloads at every step is where they were, and nothing is sent by it", async () => {
  const screen = await signedIn();
  const reloaded = async (heading: string, sends: number) => {
    await screen.reload();
    screen.see(heading);
    expect(story.sends()).toBe(sends);
  };
  await screen.press("Add a method");
  // What was only chosen is not kept: the panel is where it was chosen.
  await reloaded("Sign-in methods", 0);
  await screen.askForCode("sms", NUMBER);
  await reloaded("Enter the code we texted", 1);
  await screen.type("Six-digit code", "000000");
  await reloaded("Enter the code we texted", 1);
  expect(screen.says(/4 tries left/)).toBe(true);
  await story.time.advance(30_000);
  await screen.press("Send another text");
  await reloaded("Enter the code we texted", 2);
  await screen.type("Six-digit code", story.newestCode());
  await reloaded("Save your recovery code", 2);
  await screen.saveRecoveryCode();
  await reloaded("Sign-in methods", 2);
  expect(screen.methods()).toHaveLength(1);
});

it("someone’s way through the wizard leaves the page’s address and the browser’s history as they were", async () => {
  const before = { entries: history.length, address: location.href, state: JSON.stringify(history.state) };
  const screen = await atTheCode();
  await screen.type("Six-digit code", story.newestCode());
  await screen.saveRecoveryCode();
  await screen.press("Done");
  // So back and forward are the host's own pages, and neither can come to a step of ours.
  expect({ entries: history.length, address: location.href, state: JSON.stringify(history.state) }).toEqual(before);
});

it("someone whose cookie is gone before they saved the recovery code signs in again and finds it", async () => {
  const screen = await atTheCode();
  await screen.type("Six-digit code", story.newestCode());
  const code = screen.recoveryCode();
  screen.browser.jar.clear();
  await screen.reload();
  expect(screen.container.textContent.replaceAll(/\s/g, "")).not.toContain(code);
  await screen.signInByRedirect("robin@example.com");
  screen.see("Save your recovery code");
  expect(await screen.saveRecoveryCode()).toBe(code);
});

it("someone on a slow connection who presses again and again sends one request", async () => {
  let isSlow = false;
  const slow: Wire = async (request, send) => {
    if (isSlow) await story.time.wait(4_000);
    return send(request);
  };
  const screen = await signedIn({ wire: slow });
  await screen.press("Add a method");
  await screen.choose("Text message");
  await screen.press("Continue");
  await screen.type("Phone number", NUMBER);
  isSlow = true;
  await screen.press("Text me a code");
  for (let press = 0; press < 3; press += 1) await screen.press(/Text me a code|One moment/);
  await story.time.advance(5_000);
  screen.see("Enter the code we texted");
  expect(story.stack.simulator.ledger.list("associate")).toHaveLength(1);
});

it.each([
  ["a network that wants a sign-in", 200, "<h1>Welcome to our Wi-Fi</h1>"],
  ["a network that says so", 511, "<h1>Sign in to this network</h1>"],
  ["a server that is too busy", 503, "Busy"],
])("someone whose request is answered by %s is told so, and asking again is the same wish", async (_, status, body) => {
  const keys: (string | null)[] = [];
  let isBetween = false;
  const portal: Wire = (request, send) => {
    if (request.url.endsWith("/enrollment")) keys.push(request.headers.get("idempotency-key"));
    return isBetween
      ? Promise.resolve(new Response(body, { status, headers: { "content-type": "text/html" } }))
      : send(request);
  };
  const screen = await signedIn({ wire: portal });
  isBetween = true;
  await screen.askForCode("sms", NUMBER);
  expect(screen.says(/an answer we couldn’t read\. Nothing you entered is lost/)).toBe(true);
  expect(story.sends()).toBe(0);
  isBetween = false;
  await screen.press("Try again");
  screen.see("Enter the code we texted");
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(story.sends()).toBe(1);
});

it("someone whose channel is switched off before they are done is told which, and adds another", async () => {
  const screen = await atTheCode();
  story.stack.simulator.settings.factors.phone = false;
  await story.time.advance(30_000);
  await screen.press("Send another text");
  screen.see("This method isn’t available");
  expect(screen.says("Text message is switched off right now. Use another method.")).toBe(true);
  expect(story.sends()).toBe(1);
  await screen.press("Use another method");
  await screen.choose("Email");
  await screen.press("Continue");
  await screen.type("Email address", "robin.other@example.com");
  await screen.press("Email me a code");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
});

it("someone whose browser denies every way of saving the recovery code can still read it, and goes on by their word", async () => {
  const no = { copy: async () => false, download: () => false, print: () => false, share: null };
  const screen = await atTheCode({ settings: { devices: no } });
  await screen.type("Six-digit code", story.newestCode());
  const code = screen.recoveryCode();
  for (const way of ["Copy", "Download", "Print"]) {
    await screen.press(way);
    expect(screen.says(/by hand|Copy or write down the code/)).toBe(true);
    expect(screen.recoveryCode()).toBe(code);
  }
  await screen.saveRecoveryCode();
  screen.see("You’re all set");
});

it("someone whose host takes the panel away and shows it twice finds the code’s screen in both, and one text was sent", async () => {
  const screen = await atTheCode();
  screen.close();
  const one = await story.open({ browser: screen.browser });
  const other = await story.open({ browser: screen.browser });
  for (const panel of [one, other]) panel.see("Enter the code we texted");
  expect(story.sends()).toBe(1);
  await one.type("Six-digit code", story.newestCode());
  one.see("Save your recovery code");
});

it("someone on whose screen the program fails keeps the page, and goes on where they were", async () => {
  const screen = await atTheCode();
  // React reports what it has caught.
  const reported = vi.spyOn(console, "error").mockImplementation(() => {});
  // What writes the code's deadline fails, as any part of a screen may.
  const failing = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function fail() {
    throw new Error("A part of the page fails.");
  });
  await story.time.advance(2_000);
  expect(screen.says("Something on this page went wrong. Your progress is safe.")).toBe(true);
  expect(reported).toHaveBeenCalled();
  failing.mockRestore();
  reported.mockRestore();
  await screen.press("Try again");
  screen.see("Enter the code we texted");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
});

it("someone whose server kept nothing over its restart signs in again and is shown what is so", async () => {
  // Asked anew for each server that is started: a memory of its own, as without a store beside it.
  story = createStory({ bff: () => ({ store: createMemoryStore({ now: () => story?.time.now() ?? 0 }) }) });
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", NUMBER);
  const code = story.newestCode();
  story.stack.restart();
  await screen.type("Six-digit code", code);
  expect(screen.says(/didn’t match/)).toBe(false);
  screen.see("Please sign in again");
  await screen.signInHere("robin@example.com");
  screen.see("Which number should we text?");
  expect(digits(screen.typed("Phone number"))).toMatch(/2025550147$/);
  expect(story.sends()).toBe(1);
  await screen.press("Text me a code");
  await screen.type("Six-digit code", story.newestCode());
  // The recovery code was in the first answer, and what held it is gone: nobody may say that all is well.
  screen.see("Your method is on, but there’s no recovery code");
});
