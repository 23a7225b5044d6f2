// @vitest-environment jsdom
import { act, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Activity } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { MfaSettings } from "./react.tsx";
import { codeView, MAILBOX, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const enrolled = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });
const codeField = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Six-digit code" });
const button = (name: string) => screen.findByRole("button", { name });
const readings = (bff: ReturnType<typeof scriptBff>) =>
  bff.calls.filter(({ route }) => route === "GET /session").length;

/** A host that puts the panel out of sight with all that it knows, and shows it again. */
function open(bff: ReturnType<typeof scriptBff>, clock: { now: number }) {
  const hosted = (mode: "visible" | "hidden") => (
    <Activity mode={mode}>
      <MfaSettings fetch={bff.fetch} now={() => clock.now} returnTo="/" />
    </Activity>
  );
  const { rerender } = render(hosted("visible"));
  return {
    person: userEvent.setup(),
    hide: () => act(async () => rerender(hosted("hidden"))),
    show: () => act(async () => rerender(hosted("visible"))),
  };
}

test("someone who takes their time to type the code is not read again for an answer that says it all", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const bff = scriptBff(codeView());
  const { person } = visit(bff, { plain: true });
  await codeField();
  await waitFor(async () => expect(await import("../ui/engine.ts")).toBeDefined());
  const before = readings(bff);
  vi.setSystemTime(Date.now() + 60_000);
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await person.type(await codeField(), "123456");
  await screen.findByRole("heading", { name: "You’re all set" });
  await act(async () => {});
  expect(readings(bff)).toBe(before);
});

test("someone whose page is put out of sight while a code is checked finds what came of it, and can go on", async () => {
  const bff = scriptBff(codeView());
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { fetch } = bff;
  bff.fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (init.method === "POST") await released;
    return response;
  };
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  const { person, hide, show } = open(bff, { now: SERVER_NOW });
  await person.type(await codeField(), "123456");
  expect(bff.sent()).toHaveLength(1);
  await hide();
  await act(async () => release());
  await show();
  await person.click(await button("Done"));
  expect(await button("Remove Email r•••@mail.example")).toBeDefined();
});

test("someone who comes back to a page that was out of sight finds its clock going on, and what is new", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const clock = { now: SERVER_NOW };
  const bff = scriptBff(codeView());
  const { hide, show } = open(bff, clock);
  await screen.findByText("You can ask for another in 30 seconds.");
  await hide();
  const before = readings(bff);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  clock.now += 20_000;
  await show();
  expect(await screen.findByText("You can ask for another in 10 seconds.")).toBeDefined();
  await waitFor(() => expect(readings(bff)).toBe(before + 1));
});

test("a host whose listener fails is told so by its page, and the person goes on", async () => {
  const failure = new Error("The host’s own mistake.");
  const bff = scriptBff(codeView());
  const thrown: unknown[] = [];
  const { queueMicrotask } = globalThis;
  vi.spyOn(globalThis, "queueMicrotask").mockImplementation((task) =>
    queueMicrotask(() => {
      try {
        task();
      } catch (error) {
        thrown.push(error);
      }
    }),
  );
  const { person } = visit(bff, {
    onEnrolled: () => {
      throw failure;
    },
  });
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await person.type(await codeField(), "123456");
  await screen.findByRole("heading", { name: "You’re all set" });
  expect(thrown).toEqual([failure]);
});

test("someone whose page was being read when they acted is not thrown back by what was true before", async () => {
  const bff = scriptBff(codeView());
  const { fetch } = bff;
  let isHeld = false;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  bff.fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (isHeld && init.method === "GET") await released;
    return response;
  };
  const { person } = visit(bff, { plain: true });
  await person.type(await codeField(), "12345");
  isHeld = true;
  const before = readings(bff);
  act(() => void window.dispatchEvent(new Event("online")));
  await waitFor(() => expect(readings(bff)).toBe(before + 1));
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await person.type(await codeField(), "6");
  await screen.findByRole("heading", { name: "You’re all set" });
  await act(async () => release());
  expect(await screen.findByRole("heading", { name: "You’re all set" })).toBeDefined();
  await person.click(await button("Done"));
  expect(await button("Remove Email r•••@mail.example")).toBeDefined();
});

test("someone who leaves the screen on which a request failed finds nothing of that on the next", async () => {
  const bff = scriptBff(view());
  const { person } = visit(bff, { plain: true });
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: /Email/ }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  bff.answers("POST /enrollment", "lost");
  await person.click(await button("Email me a code"));
  await button("Try again");
  await person.click(await button("Back"));
  await screen.findByRole("radio", { name: /Text message/ });
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});
