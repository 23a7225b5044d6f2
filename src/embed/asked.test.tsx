// @vitest-environment jsdom
import { render, screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { routes } from "../contract/routes.ts";
import { fetchOrTake } from "./asked.ts";
import { MfaEnrollment, MfaSettings } from "./react.tsx";
import { MAILBOX, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";

const URL = `/api/mfa${routes.session.path}`;
const seen = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });
let bff = scriptBff(seen);

/** Asks as the page does; `isBack` says whether the answer has come yet. */
async function pageAsks(isBack: boolean): Promise<void> {
  const answer = bff.fetch(URL, { method: "GET" });
  await answer;
  bff.calls.length = 0;
  globalThis.mfaAsked = { url: URL, at: Date.now(), answer, view: isBack ? seen : undefined };
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

test("a host that fetches in its own way is shown nothing that was fetched in another, and leaves it to others", async () => {
  await pageAsks(true);
  const own = scriptBff(view());
  render(<MfaSettings fetch={own.fetch} />);
  await screen.findByText(/You have no sign-in methods yet/);
  expect(screen.queryByText("r•••@mail.example")).toBeNull();
  expect(globalThis.mfaAsked?.view).toBe(seen);
});

test("what the page has asked is dropped where the session was given, so that no later reading takes it", async () => {
  await pageAsks(false);
  render(<MfaSettings initialView={view()} />);
  await screen.findByText(/You have no sign-in methods yet/);
  expect(globalThis.mfaAsked).toBeUndefined();
});

test("a page that has slept since it asked asks anew", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await pageAsks(true);
  vi.setSystemTime(Date.now() + 10_000);
  render(<MfaSettings />);
  await screen.findByText("r•••@mail.example");
  expect(bff.calls.map(({ route }) => route)).toEqual(["GET /session"]);
});

test("that nothing is offered is told however soon the session was there", async () => {
  for (const isBack of [false, true]) {
    const onStopped = vi.fn<(news: { code: string }) => void>();
    bff = scriptBff(view({ channels: [] }));
    vi.stubGlobal("fetch", bff.fetch);
    await pageAsks(isBack);
    if (globalThis.mfaAsked && isBack) globalThis.mfaAsked.view = view({ channels: [] });
    const { unmount } = render(
      <StrictMode>
        <MfaEnrollment onStopped={onStopped} />
      </StrictMode>,
    );
    await waitFor(() => expect(onStopped.mock.calls).toEqual([[{ code: "nothing_offered" }]]));
    unmount();
  }
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

test("the script of the page asks at once, and keeps what it hears", async () => {
  await import("./ask.ts");
  expect(bff.calls.map(({ route }) => route)).toEqual(["GET /session"]);
  // Its own copy was read before this one.
  await (await globalThis.mfaAsked?.answer)?.text();
  await waitFor(() => expect(globalThis.mfaAsked?.view).toEqual(seen));
});
