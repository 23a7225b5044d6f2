import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchOrTake } from "./asked.ts";

const URL = "/api/mfa/session";
const fetched = vi.fn<(url: string) => Promise<Response>>(async (url) => new Response(`fetched ${url}`));
beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  fetched.mockClear();
});
afterEach(() => {
  globalThis.mfaAsked = undefined;
  vi.unstubAllGlobals();
});

const asked = (secondsAgo: number) => {
  globalThis.mfaAsked = {
    url: URL,
    at: Date.now() - secondsAgo * 1000,
    answer: Promise.resolve(new Response("asked")),
  };
};
const ask = async (url: string) => (await fetchOrTake(url, {})).text();

test("what the page has just asked for is taken, once", async () => {
  asked(1);
  expect(await ask(URL)).toBe("asked");
  expect(await ask(URL)).toBe(`fetched ${URL}`);
});

test("what was asked long ago, or of somebody else, is asked anew", async () => {
  asked(11);
  expect(await ask(URL)).toBe(`fetched ${URL}`);
  asked(1);
  expect(await ask("/other/session")).toBe("fetched /other/session");
  expect(await ask(URL)).toBe("asked");
});
