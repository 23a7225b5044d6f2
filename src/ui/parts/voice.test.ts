// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createVoice, type Voice } from "./voice.ts";

let region: HTMLElement;
let voice: Voice;
/** What stood in the live region after each change of it, in order; an empty text is a silence. */
let heard: string[];

beforeEach(() => {
  vi.useFakeTimers();
  region = document.createElement("div");
  heard = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) heard.push([...addedNodes].map(({ textContent }) => textContent).join());
  }).observe(region, { childList: true, characterData: true, subtree: true });
  voice = createVoice();
  voice.attach(region);
});
afterEach(() => {
  voice.attach(null);
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("someone hears a sentence as one change, a moment after the focus has moved", async () => {
  voice.say("Sent.");
  expect(region.textContent).toBe("");
  await pass(100);
  expect(heard).toEqual(["Sent."]);
});

it("someone hears the same sentence again, with a silence in between that tells the two apart", async () => {
  voice.say("Copied.");
  await pass(2_000);
  voice.say("Copied.");
  await pass(2_000);
  expect(heard).toEqual(["Copied.", "", "Copied."]);
});

it("someone to whom two things happen at once hears both, one after the other", async () => {
  voice.say("A minute or less is left.", "the code");
  voice.say("You’re offline.", "the connection");
  await pass(200);
  expect(heard).toEqual(["A minute or less is left."]);
  await pass(2_000);
  expect(heard).toEqual(["A minute or less is left.", "", "You’re offline."]);
});

it("someone who types fast hears how many countries are left at the end, not all the way", async () => {
  for (const count of ["20 countries", "5 countries", "3 countries"]) voice.say(count, "countries");
  await pass(2_000);
  expect(heard).toEqual(["3 countries"]);
});

it("someone who has gone on hears nothing of the last screen, and finds no old news in the page", async () => {
  voice.say("That code didn’t match.");
  voice.say("");
  await pass(2_000);
  expect(heard).toEqual([]);
  voice.say("Copied.");
  await pass(10_000);
  expect(region.textContent).toBe("");
});

it("nothing is left to happen once the page is gone", () => {
  voice.say("Sent.");
  voice.attach(null);
  expect(vi.getTimerCount()).toBe(0);
});
