// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { routes } from "../contract/routes.ts";
import { fetchOrTake } from "./asked.ts";
import { MfaSettings } from "./react.tsx";
import { MAILBOX, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";

const URL = `/api/mfa${routes.session.path}`;
const seen = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });
let bff = scriptBff(seen);

/** Asks as the page does, `isBack` says whether the answer has come yet. */
async function pageAsks(isBack: boolean): Promise<void> {
  const answer = bff.fetch(URL, { method: "GET" });
  await answer;
  bff.calls.length = 0;
  globalThis.mfaAsked = { url: URL, answer, view: isBack ? seen : undefined };
}

beforeEach(() => {
  bff = scriptBff(seen);
  vi.stubGlobal("fetch", bff.fetch);
});
afterEach(() => {
  globalThis.mfaAsked = undefined;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a session that is back before the first render is in it, and is asked for no more", async () => {
  await pageAsks(true);
  render(<MfaSettings />);
  expect(screen.getByText("r•••@mail.example")).toBeDefined();
  expect(bff.calls).toEqual([]);
});

test("a session that comes later is waited for, and is asked for no more", async () => {
  await pageAsks(false);
  render(<MfaSettings />);
  await screen.findByText("r•••@mail.example");
  expect(bff.calls).toEqual([]);
});

test("whoever comes next asks anew", async () => {
  await pageAsks(true);
  render(<MfaSettings />).unmount();
  render(<MfaSettings />);
  await screen.findByText("r•••@mail.example");
  expect(bff.calls.map(({ route }) => route)).toEqual(["GET /session"]);
});

test("a host that fetches in its own way is shown nothing that was fetched in another", async () => {
  await pageAsks(true);
  const own = scriptBff(view());
  render(<MfaSettings fetch={own.fetch} />);
  await screen.findByText(/You have no sign-in methods yet/);
  expect(screen.queryByText("r•••@mail.example")).toBeNull();
});

test("the HTML of a server, which knew of no session, is taken over as it is", async () => {
  const place = document.createElement("div");
  document.body.append(place);
  place.innerHTML = renderToString(<MfaSettings />);
  await pageAsks(true);
  const differs = vi.fn<(why: unknown) => void>();
  render(<MfaSettings />, { container: place, hydrate: true, onRecoverableError: differs });
  await screen.findByText("r•••@mail.example");
  expect(bff.calls).toEqual([]);
  expect(differs).not.toHaveBeenCalled();
});

test("what the page has just asked for is taken once, and only for the service that it has asked", async () => {
  await pageAsks(false);
  await fetchOrTake("/other/session", { method: "GET" }).catch(() => {});
  await fetchOrTake(URL, { method: "GET" });
  await fetchOrTake(URL, { method: "GET" });
  expect(bff.calls.map(({ route }) => route)).toEqual(["GET /other/session", "GET /session"]);
});

test("the script of the page asks at once, keeps what it hears, and drops it when it is old", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  await import("./ask.ts");
  expect(bff.calls.map(({ route }) => route)).toEqual(["GET /session"]);
  // Its own copy was read before this one.
  await (await globalThis.mfaAsked?.answer)?.text();
  vi.advanceTimersByTime(9_999);
  expect(globalThis.mfaAsked?.view).toEqual(seen);
  vi.advanceTimersByTime(1);
  expect(globalThis.mfaAsked).toBeUndefined();
});
